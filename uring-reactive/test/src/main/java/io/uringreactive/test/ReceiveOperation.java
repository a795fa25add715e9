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
 * is looked at after each buffer, so it is overshot by less than one of them.
 */
final class ReceiveOperation extends Operation {
    private final StreamEnd stream;
    private final boolean multishot;
    private final boolean limited;
    private long credit;

    ReceiveOperation(
            SimulatedRing ring, Submission submission, SimulatedSocket socket, StreamEnd stream) {
        super(ring, submission, socket);
        this.stream = stream;
        this.multishot = submission.has(NetFlags.RECV_MULTISHOT);
        this.credit = Integer.toUnsignedLong(submission.fileIndex());
        this.limited = credit > 0;
    }

    @Override
    boolean canProceed() {
        return stream.isReadable() || (!submission.selectsBuffer() && submission.len() == 0);
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
        SimulatedBufferRing group = ring.bufferGroup(submission.bufGroup());
        // The buffer is picked before the socket is read: even the end needs one.
        if (group == null || group.appearsEmpty()) {
            finish(-Errno.ENOBUFS.number(), 0);
            return;
        }
        SimulatedBufferRing.Buffer buffer = group.head();
        int cap = submission.len() == 0 ? buffer.bytes() : submission.len();
        long size = Math.min(cap, buffer.bytes());
        int result = stream.receive(Native.memory(buffer.address(), size));
        if (result > 0) {
            group.take();
            received(result, buffer.cqeFlags() | nonEmpty());
        } else if (world.chance.happens(Fault.BUFFER_ON_END)) {
            group.take();
            finish(result, buffer.cqeFlags() | nonEmpty());
        } else {
            finish(result, nonEmpty());
        }
    }

    private void received(int result, int cqeFlags) {
        credit -= Math.min(credit, result);
        boolean spent = limited && credit == 0;
        if (multishot && !spent) {
            more(result, cqeFlags);
        } else {
            finish(result, cqeFlags);
        }
    }

    private int nonEmpty() {
        return stream.hasMore() ? CqeFlags.SOCK_NONEMPTY : 0;
    }
}
