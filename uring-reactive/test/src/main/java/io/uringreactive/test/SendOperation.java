// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Layouts.IoVec;
import io.uringreactive.sys.abi.Layouts.MsgHdr;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.libc.Native;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * send(2) and sendmsg(2): waits for room, then takes what there is room for. With MSG_WAITALL the
 * kernel goes on until everything is taken (and can still be short). A zero-copy send has a second
 * CQE, when nothing refers to its memory any more, which must be as it was until then.
 */
final class SendOperation extends Operation {
    private static final int MSG_WAITALL = 1 << 8;

    private final StreamEnd stream;
    private final List<MemorySegment> parts;
    private final long total;
    private final boolean zeroCopy;
    private long done;

    /** What the memory of a zero-copy send is like, from its result on. */
    private int @Nullable [] sums;

    SendOperation(
            SimulatedRing ring,
            Submission submission,
            SimulatedSocket socket,
            StreamEnd stream,
            List<MemorySegment> parts) {
        super(ring, submission, socket);
        this.stream = stream;
        this.parts = parts;
        int opcode = submission.opcode();
        this.zeroCopy = opcode == Opcode.SEND_ZC || opcode == Opcode.SENDMSG_ZC;
        this.total = parts.stream().mapToLong(MemorySegment::byteSize).sum();
    }

    /** The iovecs of a {@code struct msghdr}; the kernel copies them when it takes the SQE. */
    static List<MemorySegment> gather(long address) {
        MemorySegment header = Native.memory(address, MsgHdr.SIZE);
        int count = (int) iovecs(address);
        MemorySegment array =
                Native.memory(header.get(JAVA_LONG, MsgHdr.IOV), (long) count * IoVec.SIZE);
        List<MemorySegment> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long iovec = (long) i * IoVec.SIZE;
            parts.add(
                    Native.memory(
                            array.get(JAVA_LONG, iovec + IoVec.BASE),
                            array.get(JAVA_LONG, iovec + IoVec.LEN)));
        }
        return parts;
    }

    static long iovecs(long address) {
        return Native.memory(address, MsgHdr.SIZE).get(JAVA_LONG, MsgHdr.IOVLEN);
    }

    @Override
    boolean canProceed() {
        return sums != null || total == 0 || stream.isWritable();
    }

    @Override
    void proceed() {
        if (sums != null) {
            letGo(sums);
            return;
        }
        long wanted = total - done;
        long limit = world.chance.piece(Fault.SHORT_SEND, (int) wanted);
        boolean shorten = limit < wanted;
        long before = done;
        int error = sendParts(limit);
        boolean waitAll = (submission.opFlags() & MSG_WAITALL) != 0 && !shorten;
        if (error < 0 && done == 0) {
            finish(error, 0);
        } else if (error < 0 || done == total || !waitAll) {
            taken((int) done);
        } else {
            assert done > before : "a send was ready and took nothing";
        }
    }

    private void taken(int bytes) {
        if (zeroCopy) {
            sums = sums();
            ring.post(submission, bytes, CqeFlags.MORE);
        } else {
            finish(bytes, 0);
        }
    }

    private void letGo(int[] before) {
        if (!Arrays.equals(before, sums())) {
            throw world.failure("the memory of " + submission + " changed before its NOTIF");
        }
        boolean copied =
                (submission.ioprio() & NetFlags.SEND_ZC_REPORT_USAGE) != 0
                        && world.chance.happens("send-copied", 50);
        finish(copied ? NetFlags.NOTIF_USAGE_ZC_COPIED : 0, CqeFlags.NOTIF);
    }

    private int[] sums() {
        return parts.stream().mapToInt(part -> part.asByteBuffer().hashCode()).toArray();
    }

    /** What is left after the result is for the network to do. */
    @Override
    boolean isCancellable() {
        return sums == null;
    }

    /** What has been taken is reported, whatever happens then. */
    @Override
    Errno[] interruptions() {
        return done == 0 && sums == null ? TRANSFER_INTERRUPTIONS : super.interruptions();
    }

    /** Sends at most {@code limit} bytes of what is left; a negative result is an error. */
    private int sendParts(long limit) {
        long skip = done;
        long left = limit;
        for (MemorySegment part : parts) {
            if (skip >= part.byteSize()) {
                skip -= part.byteSize();
                continue;
            }
            MemorySegment rest = part.asSlice(skip);
            skip = 0;
            long asked = Math.min(left, rest.byteSize());
            int taken = stream.send(rest, (int) asked);
            if (taken < 0) {
                return taken;
            }
            done += taken;
            left -= taken;
            if (taken < rest.byteSize() || left == 0) {
                break;
            }
        }
        return 0;
    }

    /** What is gone is gone: a cancelled send reports how much that was. */
    @Override
    int cancelledResult() {
        return done > 0 ? (int) done : super.cancelledResult();
    }
}
