package io.uringreactive.op;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.loop.Carries;
import io.uringreactive.loop.RingLoop;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** An operation with one result. */
final class SubmissionMono extends Mono<Completion> {
    private final RingLoop loop;
    private final Preparation preparation;
    private final Carries carries;

    SubmissionMono(RingLoop loop, Preparation preparation, Carries carries) {
        this.loop = loop;
        this.preparation = preparation;
        this.carries = carries;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Completion> actual) {
        actual.onSubscribe(
                new Submission(loop, preparation, Submission.Shots.ONE, carries, actual));
    }
}
