// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import reactor.core.publisher.Mono;

/**
 * IORING_OP_CLOSE, close(2) (Linux 5.6). It does not cancel what is in flight on the descriptor,
 * which keeps the file open: cancel first.
 */
public final class Close {
    /** Completes when the descriptor is closed. */
    public static Mono<Void> of(RingScheduler ring, int fd) {
        return Typed.done(ring, Family.RING, "close", (sqe, memory) -> prepare(sqe, fd));
    }

    public static void prepare(Sqe sqe, int fd) {
        sqe.opcode(Opcode.CLOSE).fd(fd);
    }

    /** Empties a slot of the ring's table of direct descriptors (Linux 5.15). */
    public static void prepareDirect(Sqe sqe, int slot) {
        sqe.opcode(Opcode.CLOSE).fileIndex(slot + 1);
    }

    private Close() {}
}
