// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.loop.Carries;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** An operation with one result. */
final class SubmissionMono extends Mono<Completion> {
    private final UringScheduler ring;
    private final Preparation preparation;
    private final Carries carries;

    SubmissionMono(UringScheduler ring, Preparation preparation, Carries carries) {
        this.ring = ring;
        this.preparation = preparation;
        this.carries = carries;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Completion> actual) {
        actual.onSubscribe(
                new Submission(ring, preparation, Submission.Shots.ONE, carries, actual));
    }

    @Override
    public String toString() {
        return "operation on " + ring;
    }
}
