// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.libc.Native;
import java.lang.foreign.MemorySegment;

/**
 * recv(2) into memory of the caller's or into provided buffers, one-shot and multishot (Linux 6.0),
 * the latter with limits (Linux 6.17): {@code len} for one CQE, {@code optlen} for all. The total
 * is looked at after each buffer, so it is overshot by less than one of them. A bundle (Linux 6.10)
 * fills several buffers for one CQE, which names the first; those after it follow in the order of
 * their publication. Its total is exact. A multishot bundle ends with the CQE that has taken the
 * last provided buffer.
 */
final class ReceiveOperation extends Operation {
    private final StreamEnd stream;
    private final boolean multishot;
    private final boolean limited;
    private final boolean bundle;
    private long credit;

    ReceiveOperation(
            SimulatedRing ring, Submission submission, SimulatedSocket socket, StreamEnd stream) {
        super(ring, submission, socket);
        this.stream = stream;
        this.multishot = submission.has(NetFlags.RECV_MULTISHOT);
        this.credit = Integer.toUnsignedLong(submission.fileIndex());
        this.limited = credit > 0;
        this.bundle = submission.has(NetFlags.BUNDLE);
    }

    @Override
    boolean canProceed() {
        return stream.isReadable() || (!submission.selectsBuffer() && submission.len() == 0);
    }

    @Override
    Errno[] interruptions() {
        return TRANSFER_INTERRUPTIONS;
    }

    @Override
    int cancelledFlags() {
        SimulatedBufferRing group = ring.registered().buffers(submission.bufGroup());
        if (!submission.selectsBuffer()
                || group == null
                || group.isEmpty()
                || !world.chance.happens(Fault.BUFFER_ON_END)) {
            return 0;
        }
        SimulatedBufferRing.Buffer buffer = group.head();
        group.take();
        return buffer.cqeFlags();
    }

    @Override
    void proceed() {
        if (submission.selectsBuffer()) {
            receiveSelected();
        } else {
            MemorySegment memory = Native.memory(submission.addr(), submission.len());
            int result = memory.byteSize() == 0 ? 0 : stream.receive(memory);
            finish(result, nonEmpty());
        }
    }

    private void receiveSelected() {
        SimulatedBufferRing group = ring.registered().buffers(submission.bufGroup());
        // The buffer is picked before the socket is read: even the end needs one.
        if (group == null || group.appearsEmpty()) {
            finish(-Errno.ENOBUFS.number(), 0);
            return;
        }
        SimulatedBufferRing.Buffer buffer = group.head();
        long cap = submission.len() == 0 ? Long.MAX_VALUE : submission.len();
        if (bundle && limited) {
            cap = Math.min(cap, credit);
        }
        int result = fill(buffer, cap);
        if (result > 0) {
            group.take();
            if (bundle && result == buffer.bytes()) {
                result += fillMore(group, cap - result);
            }
            received(result, buffer.cqeFlags() | nonEmpty(), bundle && group.isEmpty());
        } else if (world.chance.happens(Fault.BUFFER_ON_END)) {
            group.take();
            finish(result, buffer.cqeFlags() | nonEmpty());
        } else {
            finish(result, nonEmpty());
        }
    }

    private int fill(SimulatedBufferRing.Buffer buffer, long cap) {
        return stream.receive(Native.memory(buffer.address(), Math.min(cap, buffer.bytes())));
    }

    /** Goes on in the next buffers while there is data, and each is filled to its end. */
    private int fillMore(SimulatedBufferRing group, long cap) {
        int total = 0;
        while (total < cap && !group.isEmpty() && stream.incoming() > 0) {
            if (world.chance.happens(Fault.SEGMENTATION)) {
                break;
            }
            SimulatedBufferRing.Buffer next = group.head();
            int count = fill(next, cap - total);
            group.take();
            total += count;
            if (count < next.bytes()) {
                break;
            }
        }
        return total;
    }

    /**
     * A bundle that has {@code emptied} its group is over: it posts no error of its own for that.
     */
    private void received(int result, int cqeFlags, boolean emptied) {
        credit -= Math.min(credit, result);
        boolean spent = limited && credit == 0;
        if (multishot && !spent && !emptied) {
            more(result, cqeFlags);
        } else {
            finish(result, cqeFlags);
        }
    }

    private int nonEmpty() {
        return stream.hasMore() ? CqeFlags.SOCK_NONEMPTY : 0;
    }
}
