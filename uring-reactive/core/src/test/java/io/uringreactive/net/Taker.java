// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Takes what is received, with demand given by hand, and checks it against {@link Sequence}. */
final class Taker extends BaseSubscriber<ByteBuf> {
    private final long requestAtFirst;
    private volatile long bytes;
    private volatile int buffers;

    /** Completed with the error at the end, empty for an end in order. */
    private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();

    private Taker(long requestAtFirst) {
        this.requestAtFirst = requestAtFirst;
    }

    static Taker requesting(long n) {
        return new Taker(n);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        if (requestAtFirst > 0) {
            subscription.request(requestAtFirst);
        }
    }

    // The ring's thread is the only writer of both counters.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    @Override
    protected void hookOnNext(ByteBuf buffer) {
        try {
            Sequence.check(bytes, buffer);
            bytes += buffer.readableBytes();
            buffers++;
        } finally {
            buffer.release();
        }
    }

    @Override
    protected void hookOnError(Throwable error) {
        end.complete(Optional.of(error));
    }

    @Override
    protected void hookOnComplete() {
        end.complete(Optional.empty());
    }

    /** Requests, on the calling thread, once there is a subscription to do it on. */
    void ask(long n) {
        Await.until("subscribed", () -> isDisposed() || upstream() != null);
        request(n);
    }

    long bytes() {
        return bytes;
    }

    int buffers() {
        return buffers;
    }

    boolean hasEnded() {
        return end.isDone();
    }

    /** Waits for the end; its error, empty for an end in order. */
    Optional<Throwable> end() {
        return Await.get(end);
    }
}
