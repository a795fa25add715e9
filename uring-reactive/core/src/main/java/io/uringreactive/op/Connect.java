// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.abi.Sqe;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;

/** IORING_OP_CONNECT, connect(2) (Linux 5.5). */
public final class Connect {
    /** Completes when {@code fd} is connected to {@code address}, which must be resolved. */
    public static Mono<Void> to(RingScheduler ring, int fd, InetSocketAddress address) {
        return Typed.done(
                ring,
                Family.CONNECT,
                "connect",
                (sqe, memory) -> prepare(sqe, fd, address, memory));
    }

    /** The address stays in {@code memory} until the CQE. */
    public static void prepare(
            Sqe sqe, int fd, InetSocketAddress address, SegmentAllocator memory) {
        MemorySegment name = memory.allocate(SockAddr.SIZE_MAX, Long.BYTES);
        int bytes = SockAddr.write(address, name);
        sqe.opcode(Opcode.CONNECT).fd(fd).addr(name).off(bytes);
    }

    private Connect() {}
}
