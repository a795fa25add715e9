// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.loop.Carries;
import io.uringreactive.transport.LoopScannable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** An operation as a publisher: each subscription submits it once. */
final class SubmissionFlux extends Flux<Completion> implements LoopScannable {
    private final UringScheduler ring;
    private final Preparation preparation;
    private final Submission.Shots shots;
    private final Carries carries;

    private SubmissionFlux(
            UringScheduler ring, Preparation preparation, Submission.Shots shots, Carries carries) {
        this.ring = ring;
        this.preparation = preparation;
        this.shots = shots;
        this.carries = carries;
    }

    /** Emits the first CQE. */
    static Mono<Completion> one(UringScheduler ring, Preparation preparation, Carries carries) {
        return Mono.fromDirect(
                new SubmissionFlux(ring, preparation, Submission.Shots.ONE, carries));
    }

    /** Emits every CQE. */
    static Flux<Completion> many(UringScheduler ring, Preparation preparation, Carries carries) {
        return new SubmissionFlux(ring, preparation, Submission.Shots.MANY, carries);
    }

    @Override
    public void subscribe(CoreSubscriber<? super Completion> actual) {
        Submission.subscribe(ring, preparation, shots, carries, actual);
    }

    @Override
    public Scheduler signalsOn() {
        return ring;
    }

    @Override
    public String toString() {
        return "multishot operation on " + ring;
    }
}
