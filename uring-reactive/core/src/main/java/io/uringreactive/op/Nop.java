// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import reactor.core.publisher.Mono;

/** IORING_OP_NOP (Linux 5.1): a way through the ring and back. */
public final class Nop {
    /** Completes on the ring's thread, after one CQE. */
    public static Mono<Void> on(RingScheduler ring) {
        return Typed.done(ring, Family.RING, "nop", (sqe, memory) -> prepare(sqe));
    }

    static void prepare(Sqe sqe) {
        sqe.opcode(Opcode.NOP).fd(-1);
    }

    private Nop() {}
}
