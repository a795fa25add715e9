// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.abi.SqeFlags;
import java.lang.foreign.MemorySegment;
import reactor.core.publisher.Mono;

/** IORING_OP_RECV, recv(2) (Linux 5.6; multishot 6.0; a byte credit in {@code optlen} 6.17). */
public final class Receive {
    /**
     * Emits how many bytes were received into {@code memory}, 0 at the stream's end. The memory
     * must stay alive until then, also after a cancel: use an automatic or global arena.
     */
    public static Mono<Integer> into(RingScheduler ring, int fd, MemorySegment memory) {
        return Typed.one(
                ring,
                Family.TRANSFER,
                "receive",
                (sqe, ignored) ->
                        sqe.opcode(Opcode.RECV)
                                .fd(fd)
                                .addr(memory)
                                .len(Math.toIntExact(memory.byteSize())));
    }

    /** One receive into a provided buffer, of at most {@code bytesMax}. */
    public static void prepareOnce(Sqe sqe, int fd, int group, int bytesMax) {
        sqe.opcode(Opcode.RECV).fd(fd).flags(SqeFlags.BUFFER_SELECT).bufGroup(group).len(bytesMax);
    }

    /** Receives into provided buffers until cancelled, the end, or a lack of buffers. */
    public static void prepareUnbounded(Sqe sqe, int fd, int group) {
        sqe.opcode(Opcode.RECV)
                .fd(fd)
                .flags(SqeFlags.BUFFER_SELECT)
                .bufGroup(group)
                .ioprio(NetFlags.RECV_MULTISHOT);
    }

    /**
     * Receives into provided buffers until {@code creditBytes} are spent; the last CQE, which
     * spends it, may overshoot by less than one buffer.
     *
     * @param turnBytes after so many bytes at one go the kernel lets other sockets have a turn
     */
    public static void prepareCredit(Sqe sqe, int fd, int group, int creditBytes, int turnBytes) {
        prepareUnbounded(sqe, fd, group);
        sqe.len(turnBytes).fileIndex(creditBytes);
    }

    /**
     * Lets one CQE bring as many provided buffers as data is waiting for (Linux 6.10; {@link
     * io.uringreactive.sys.ring.RingFeature#RECEIVE_BUNDLES}).
     */
    public static void bundle(Sqe sqe) {
        sqe.ioprio(sqe.ioprio() | NetFlags.BUNDLE);
    }

    /** Waits for data before the first attempt: for a socket known to be empty (Linux 5.19). */
    public static void pollFirst(Sqe sqe) {
        sqe.ioprio(sqe.ioprio() | NetFlags.POLL_FIRST);
    }

    private Receive() {}
}
