// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.loop.Operations;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** IORING_OP_MSG_RING (Linux 5.18): a value from one ring to another, as a CQE over there. */
public final class MsgRing {
    /**
     * Completes, on {@code from}, when the kernel has put {@code value} into the completion queue
     * of {@code to}. Cancellation: does not take the message back. Errors: {@link
     * RejectedExecutionException} when either ring has stopped. The target's descriptor is held
     * meanwhile: a message cannot reach a stranger that got its number.
     */
    public static Mono<Void> post(RingScheduler from, RingScheduler to, int value) {
        RingLoop target = UringScheduler.of(to).loop();
        return Mono.defer(
                () -> {
                    if (to.isDisposed() || !target.shutdown().hold()) {
                        return Mono.error(
                                new RejectedExecutionException("the ring " + to + " has stopped"));
                    }
                    Mono<Void> message =
                            Typed.done(
                                    from,
                                    Family.RING,
                                    "msg_ring",
                                    (sqe, memory) ->
                                            prepare(sqe, target.ring().descriptor(), value));
                    // A future does not pass a cancel on: the hold ends with the terminal CQE.
                    return Mono.fromFuture(
                            message.doFinally(signal -> target.shutdown().letGo()).toFuture(),
                            true);
                });
    }

    /**
     * The values that come from other rings, on this ring's thread. Up to 1,024 wait for demand, or
     * for the first subscriber; what comes beyond them is dropped and logged.
     */
    public static Flux<Integer> received(RingScheduler ring) {
        return UringScheduler.of(ring).messages();
    }

    static void prepare(Sqe sqe, int targetFd, int value) {
        sqe.opcode(Opcode.MSG_RING).fd(targetFd).off(Operations.MESSAGE).len(value);
    }

    private MsgRing() {}
}
