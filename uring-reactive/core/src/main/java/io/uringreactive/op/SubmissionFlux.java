// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.loop.Carries;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** A multishot operation. */
final class SubmissionFlux extends Flux<Completion> {
    private final UringScheduler ring;
    private final Preparation preparation;
    private final Carries carries;

    SubmissionFlux(UringScheduler ring, Preparation preparation, Carries carries) {
        this.ring = ring;
        this.preparation = preparation;
        this.carries = carries;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Completion> actual) {
        actual.onSubscribe(
                new Submission(ring, preparation, Submission.Shots.MANY, carries, actual));
    }

    @Override
    public String toString() {
        return "multishot operation on " + ring;
    }
}
