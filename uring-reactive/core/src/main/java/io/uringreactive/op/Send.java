// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.Sqe;
import java.lang.foreign.MemorySegment;
import reactor.core.publisher.Mono;

/** IORING_OP_SEND and IORING_OP_SENDMSG, send(2) with MSG_NOSIGNAL (Linux 5.6, 5.3). */
public final class Send {
    /**
     * Emits how many bytes of {@code memory} were sent: it may be fewer than all. The memory must
     * stay alive until then, also after a cancel: use an automatic or global arena.
     */
    public static Mono<Integer> from(RingScheduler ring, int fd, MemorySegment memory) {
        return Typed.one(
                ring,
                Family.TRANSFER,
                "send",
                (sqe, ignored) ->
                        prepare(sqe, fd, memory.address(), Math.toIntExact(memory.byteSize())));
    }

    public static void prepare(Sqe sqe, int fd, long address, int bytes) {
        sqe.opcode(Opcode.SEND).fd(fd).addr(address).len(bytes).opFlags(SocketNumbers.MSG_NOSIGNAL);
    }

    /** Sends the pieces that the {@code msghdr} at {@code address} lists. */
    public static void prepareGathered(Sqe sqe, int fd, long address) {
        sqe.opcode(Opcode.SENDMSG).fd(fd).addr(address).len(1).opFlags(SocketNumbers.MSG_NOSIGNAL);
    }

    /**
     * Makes a prepared send one whose bytes the kernel does not copy, where it can do without:
     * their memory must not change until the CQE with NOTIF, which follows that with the result
     * (io_uring_enter(2), IORING_OP_SEND_ZC, Linux 6.0; SENDMSG_ZC 6.1). It tells whether they were
     * copied after all (6.2; {@link io.uringreactive.sys.ring.RingFeature#ZERO_COPY_SEND}).
     */
    public static void zeroCopy(Sqe sqe) {
        sqe.opcode(sqe.opcode() == Opcode.SENDMSG ? Opcode.SENDMSG_ZC : Opcode.SEND_ZC);
        sqe.ioprio(NetFlags.SEND_ZC_REPORT_USAGE);
    }

    private Send() {}
}
