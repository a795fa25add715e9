package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.loop.Carries;
import io.uringreactive.loop.RingLoop;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** A multishot operation. */
final class SubmissionFlux extends Flux<Completion> {
    private final RingLoop loop;
    private final Preparation preparation;
    private final Carries carries;

    SubmissionFlux(RingLoop loop, Preparation preparation, Carries carries) {
        this.loop = loop;
        this.preparation = preparation;
        this.carries = carries;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Completion> actual) {
        actual.onSubscribe(
                new Submission(loop, preparation, Submission.Shots.MANY, carries, actual));
    }
}
