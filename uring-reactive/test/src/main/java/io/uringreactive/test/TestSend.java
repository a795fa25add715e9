// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription to a send of a {@link TestConnection}. The publisher's signals come from any
 * thread and take their turn, in order.
 */
final class TestSend implements CoreSubscriber<ByteBuf>, Subscription {
    /** As the ring's: at first, and again each time that so many were sent. */
    private static final int REQUEST_AT_FIRST = 32;

    private static final int REQUEST_AGAIN = 24;

    private final TestConnection connection;
    private final CoreSubscriber<? super Void> actual;
    private @Nullable Subscription upstream;
    private int queued;
    private int sentSinceRequest;
    private boolean upstreamDone;
    private boolean ended;

    TestSend(TestConnection connection, CoreSubscriber<? super Void> actual) {
        this.connection = connection;
        this.actual = actual;
    }

    /** Whether its publisher may have more. */
    boolean isFed() {
        return !upstreamDone && !ended;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        connection
                .turns()
                .later(
                        () -> {
                            if (Operators.validate(upstream, subscription)) {
                                upstream = subscription;
                                if (ended) {
                                    subscription.cancel();
                                } else {
                                    subscription.request(REQUEST_AT_FIRST);
                                }
                            }
                        });
    }

    @Override
    public void onNext(ByteBuf buffer) {
        connection.turns().later(() -> accept(buffer));
    }

    private void accept(ByteBuf buffer) {
        if (ended) {
            buffer.release();
        } else if (buffer.refCnt() == 0) {
            cancelUpstream();
            failAlone(
                    new IllegalReferenceCountException("a buffer to be sent was released before"));
        } else {
            queued++;
            connection.sender().offer(buffer, this);
        }
    }

    @Override
    public void onError(Throwable error) {
        connection.turns().later(() -> failAlone(error));
    }

    /** The others on the connection go on. */
    private void failAlone(Throwable error) {
        if (ended) {
            Operators.onErrorDropped(error, currentContext());
        } else {
            ended = true;
            connection.sender().remove(this);
            actual.onError(error);
        }
    }

    @Override
    public void onComplete() {
        connection
                .turns()
                .later(
                        () -> {
                            upstreamDone = true;
                            completeIfDone();
                        });
    }

    void onSent() {
        queued--;
        sentSinceRequest++;
        Subscription publisher = upstream;
        if (upstreamDone) {
            completeIfDone();
        } else if (sentSinceRequest == REQUEST_AGAIN && publisher != null && !ended) {
            sentSinceRequest = 0;
            publisher.request(REQUEST_AGAIN);
        }
    }

    private void completeIfDone() {
        if (upstreamDone && queued == 0 && !ended) {
            ended = true;
            try {
                actual.onComplete();
            } finally {
                connection.sender().remove(this);
            }
        }
    }

    /** The connection failed or was closed. */
    void fail(Throwable reason) {
        if (!ended) {
            ended = true;
            cancelUpstream();
            connection.tell(actual, reason);
        }
    }

    @Override
    public void request(long n) {
        // There is no element to ask for: completion needs no demand.
        Operators.validate(n);
    }

    @Override
    public void cancel() {
        connection
                .turns()
                .run(
                        () -> {
                            if (!ended) {
                                ended = true;
                                cancelUpstream();
                                connection.sender().remove(this);
                            }
                        });
    }

    private void cancelUpstream() {
        Subscription publisher = upstream;
        if (publisher != null) {
            publisher.cancel();
        }
    }
}
