// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.Sqe;
import reactor.core.publisher.Mono;

/** IORING_OP_SHUTDOWN, shutdown(2) (Linux 5.11). */
public final class Shutdown {
    /** Completes when the FIN is queued behind what was sent. */
    public static Mono<Void> output(RingScheduler ring, int fd) {
        return Typed.done(
                ring, Family.TRANSFER, "shutdown", (sqe, memory) -> prepareOutput(sqe, fd));
    }

    public static void prepareOutput(Sqe sqe, int fd) {
        sqe.opcode(Opcode.SHUTDOWN).fd(fd).len(SocketNumbers.SHUT_WR);
    }

    private Shutdown() {}
}
