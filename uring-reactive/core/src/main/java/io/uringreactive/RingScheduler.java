// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One ring and its thread, as Reactor's {@link Scheduler} and as the place where operations are
 * submitted. Obtained from {@link RingGroup#next()} or {@link Connection#scheduler()}; pass it to
 * {@code timeout}, {@code delayElements} and the like, so that their signals stay on the ring.
 *
 * <p>Every method is safe from any thread. Tasks run on the ring's thread, which is a daemon and
 * refuses to block ({@link reactor.core.scheduler.NonBlocking}).
 */
public interface RingScheduler extends Scheduler {
    /**
     * One operation of any opcode, known to this library or not.
     *
     * <p>Emits: the operation's CQE, whose result may be {@code -errno}. Demand: nothing is
     * prepared before it is requested; each subscription is one submission. Cancellation: sends
     * ASYNC_CANCEL and drops the subscriber at once; the memory stays until the terminal CQE. A
     * completion without error that comes after that goes to {@code doOnDiscard(Completion.class,
     * ...)}: what it carries, such as a descriptor, is known to the user alone; the typed
     * operations undo it by themselves. Errors: what {@code preparation} throws; {@link
     * IllegalArgumentException} when it sets IO_LINK, IO_HARDLINK, IO_DRAIN or CQE_SKIP_SUCCESS,
     * which would reach into other operations' SQEs, or a user_data; {@link
     * java.util.concurrent.RejectedExecutionException} when the ring has stopped; {@link RingLost}
     * when it ends before the operation: the memory is kept for good then; {@link
     * IllegalArgumentException} for a request below 1. Thread: signals arrive on the ring's thread.
     */
    Mono<Completion> submit(Preparation preparation);

    /**
     * One multishot operation of any opcode: as {@link #submit}, but it emits every CQE and
     * completes after the terminal one.
     *
     * <p>Demand: the kernel is not told of it. What arrives beyond it waits, up to a limit of 8,192
     * CQEs; past that the operation is cancelled, and what waits is emitted before an overflow
     * error ({@link reactor.core.Exceptions#isOverflow}).
     */
    Flux<Completion> submitMultishot(Preparation preparation);

    /**
     * What the ring is holding and has done.
     *
     * <p>Emits one snapshot, taken on the ring's thread, where it is also signalled.
     */
    Mono<RingStatus> status();
}
