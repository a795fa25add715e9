// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors.Family;
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

    private Send() {}
}
