// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** The receiving side of a {@link TestConnection}. Confined to its turns. */
final class TestReceiver implements Subscription {
    /** What a subscriber got, and what it held then: for the report of a leak. */
    private record Delivered(ByteBuf buffer, byte[] content) {}

    private final TestConnection connection;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final List<Delivered> delivered = new ArrayList<>();
    private @Nullable CoreSubscriber<? super ByteBuf> actual;
    private boolean subscribed;
    private long requested;
    private boolean emitting;

    /** Why nothing is delivered any more, although the peer may go on. */
    private @Nullable Throwable stopped;

    private boolean discarding;
    private long discardableBytes;
    private boolean ended;
    private @Nullable Throwable failure;

    TestReceiver(TestConnection connection) {
        this.connection = connection;
    }

    void subscribe(CoreSubscriber<? super ByteBuf> subscriber) {
        Throwable reason = stopped;
        if (subscribed) {
            Operators.error(
                    subscriber,
                    new IllegalStateException("receive() was subscribed already: one subscriber"));
        } else if (reason != null) {
            Operators.error(subscriber, connection.closedError("receive"));
        } else {
            subscribed = true;
            actual = subscriber;
            subscriber.onSubscribe(this);
        }
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            connection
                    .turns()
                    .run(
                            () -> {
                                requested = Operators.addCap(requested, n);
                                emit();
                            });
        }
    }

    @Override
    public void cancel() {
        connection
                .turns()
                .run(
                        () -> {
                            if (actual != null) {
                                actual = null;
                                waiting.clear();
                            }
                        });
    }

    /** The peer's bytes arrive. */
    void arrive(byte[] bytes) {
        if (discarding) {
            discardableBytes -= bytes.length;
            if (discardableBytes < 0) {
                end(null);
            }
        } else if (!ended) {
            waiting.add(bytes);
            emit();
        }
    }

    /** The peer's stream has ended, in order or by {@code error}. */
    void end(@Nullable Throwable error) {
        if (!ended) {
            ended = true;
            failure = error;
            emit();
            connection.ending().advance();
        }
    }

    boolean isEnded() {
        return ended;
    }

    /** What still comes is of no interest: this side closes. */
    void discardUntilEnd(int bytesMax) {
        discarding = true;
        discardableBytes = bytesMax;
        stop(connection.closedError("receive"));
    }

    void stop(Throwable reason) {
        waiting.clear();
        if (stopped == null) {
            stopped = reason;
            if (!emitting) {
                fail(reason);
            }
        }
    }

    private void fail(Throwable reason) {
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        actual = null;
        if (subscriber != null) {
            connection.tell(subscriber, reason);
        }
    }

    /** A subscriber that requests from within onNext comes back in here: the outer call goes on. */
    private void emit() {
        if (emitting) {
            return;
        }
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        while (subscriber != null && requested > 0 && !waiting.isEmpty()) {
            deliver(subscriber, waiting.remove());
            subscriber = actual;
        }
        if (subscriber != null && ended && waiting.isEmpty()) {
            actual = null;
            Throwable error = failure;
            if (error == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(error);
            }
        }
    }

    private void deliver(CoreSubscriber<? super ByteBuf> subscriber, byte[] bytes) {
        if (requested != Long.MAX_VALUE) {
            requested--;
        }
        // Direct, as what a ring receives: who wants its array finds that out here.
        ByteBuf buffer =
                UnpooledByteBufAllocator.DEFAULT
                        .directBuffer(bytes.length, bytes.length)
                        .writeBytes(bytes);
        delivered.add(new Delivered(buffer, bytes));
        emitting = true;
        try {
            subscriber.onNext(buffer);
        } catch (Throwable e) {
            actual = null;
            connection.abort(connection.closedError("receive"));
            throw e;
        } finally {
            emitting = false;
        }
        Throwable reason = stopped;
        if (reason != null) {
            fail(reason);
        }
    }

    boolean isActive() {
        return actual != null;
    }

    long requested() {
        return actual == null ? 0 : requested;
    }

    int undelivered() {
        return waiting.size();
    }

    void assertNothingLeaked() {
        StringBuilder leaks = new StringBuilder();
        for (int i = 0; i < delivered.size(); i++) {
            Delivered one = delivered.get(i);
            if (one.buffer().refCnt() > 0) {
                leaks.append("\n  buffer ")
                        .append(i + 1)
                        .append(" of ")
                        .append(delivered.size())
                        .append(", ")
                        .append(one.content().length)
                        .append(" bytes, refCnt ")
                        .append(one.buffer().refCnt())
                        .append(": ")
                        .append(excerpt(one.content()));
            }
        }
        if (!leaks.isEmpty()) {
            throw new AssertionError("received and not released:" + leaks);
        }
    }

    private static String excerpt(byte[] content) {
        String text = new String(content, 0, Math.min(content.length, 40), UTF_8);
        return '"' + text.replaceAll("\\p{Cntrl}", ".") + '"';
    }
}
