// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.sys.abi.CancelFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import reactor.core.publisher.Mono;

/**
 * IORING_OP_ASYNC_CANCEL (Linux 5.5; by descriptor 5.19). To cancel an operation of one's own,
 * cancel its subscription; this is for descriptors.
 */
public final class Cancel {
    /** Emits how many operations of this ring on {@code fd} were cancelled, 0 for none. */
    public static Mono<Integer> all(RingScheduler ring, int fd) {
        return Typed.one(ring, Family.RING, "cancel", (sqe, memory) -> prepareAll(sqe, fd));
    }

    static void prepareAll(Sqe sqe, int fd) {
        sqe.opcode(Opcode.ASYNC_CANCEL).fd(fd).opFlags(CancelFlags.FD | CancelFlags.ALL);
    }

    private Cancel() {}
}
