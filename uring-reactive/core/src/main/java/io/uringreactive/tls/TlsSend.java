// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription to a send: takes plaintext from the publisher, and completes when the record
 * with its last byte is with the kernel. Signals of the publisher come from any thread and hop; the
 * rest is confined to the ring.
 */
final class TlsSend implements CoreSubscriber<ByteBuf>, Subscription {
    /** Each may be a record of 16 KiB: what is asked for ahead stays within 128 KiB. */
    private static final int REQUESTED_MAX = 8;

    private final Outbound outbound;
    private final CoreSubscriber<? super Void> actual;

    /** Signals on their way from other threads: those on the ring queue up behind them. */
    private final AtomicInteger hopping = new AtomicInteger();

    private @Nullable Subscription upstream;

    /** Buffers that were asked for and have not come. */
    private int requested;

    /** Buffers that are not encrypted yet. */
    private int queued;

    /** Where the last bytes went; null before there are any. */
    private @Nullable Batch last;

    private boolean paused;
    private boolean upstreamDone;
    private boolean ended;
    private volatile boolean cancelled;

    TlsSend(Outbound outbound, CoreSubscriber<? super Void> actual) {
        this.outbound = outbound;
        this.actual = actual;
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether its publisher may have more. */
    boolean isFed() {
        return !upstreamDone && !ended;
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        outbound.ring().run(() -> begin(subscription));
    }

    private void begin(Subscription subscription) {
        if (Operators.validate(upstream, subscription)) {
            upstream = subscription;
            if (cancelled || ended) {
                subscription.cancel();
            } else {
                requestMore();
            }
        }
    }

    /** Asks for more, in few portions, while little waits on the connection. */
    void requestMore() {
        Subscription publisher = upstream;
        if (publisher == null || upstreamDone || ended || cancelled) {
            return;
        }
        if (requested > REQUESTED_MAX / 4) {
            return;
        }
        if (!outbound.isBelowHighWater()) {
            if (!paused) {
                paused = true;
                outbound.pause(this);
            }
            return;
        }
        int n = REQUESTED_MAX - requested;
        requested = REQUESTED_MAX;
        publisher.request(n);
    }

    /** There is room again. */
    void onResumed() {
        paused = false;
        requestMore();
    }

    @Override
    public void onNext(ByteBuf buffer) {
        if (onRing()) {
            accept(buffer);
        } else {
            hop(() -> accept(buffer));
        }
    }

    @Override
    public void onError(Throwable error) {
        if (onRing()) {
            onFailed(error);
        } else {
            hop(() -> onFailed(error));
        }
    }

    @Override
    public void onComplete() {
        if (onRing()) {
            onDone();
        } else {
            hop(this::onDone);
        }
    }

    private boolean onRing() {
        return hopping.get() == 0 && outbound.ring().isHere();
    }

    private void hop(Runnable signal) {
        hopping.incrementAndGet();
        outbound.ring()
                .execute(
                        () -> {
                            hopping.decrementAndGet();
                            signal.run();
                        });
    }

    private void accept(ByteBuf buffer) {
        requested--;
        if (ended || cancelled) {
            buffer.release();
            return;
        }
        if (buffer.refCnt() > 0 && !buffer.isReadable()) {
            // An engine makes no record of nothing: it would wait for ever.
            buffer.release();
            requestMore();
            return;
        }
        ByteBuf bytes;
        try {
            bytes = inOnePiece(buffer);
        } catch (RuntimeException | OutOfMemoryError e) {
            // Released already, or too large a copy: this send's failure, not the connection's.
            cancelUpstream();
            onFailed(e);
            return;
        }
        queued++;
        outbound.offer(bytes, this);
        requestMore();
    }

    private static ByteBuf inOnePiece(ByteBuf buffer) {
        if (buffer.refCnt() == 0) {
            throw new IllegalReferenceCountException("a buffer to be sent was released before");
        }
        if (buffer.nioBufferCount() == 1) {
            return buffer;
        }
        try {
            int length = buffer.readableBytes();
            return buffer.alloc().directBuffer(length, length).writeBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    private void onFailed(Throwable error) {
        if (ended) {
            Operators.onErrorDropped(error, currentContext());
        } else {
            ended = true;
            outbound.drop(this);
            actual.onError(error);
        }
    }

    private void onDone() {
        upstreamDone = true;
        endIfTaken();
    }

    /** One buffer is encrypted, in {@code batch}. */
    void onTaken(Batch batch) {
        queued--;
        last = batch;
    }

    /** Goes on after {@link #onTaken}. */
    void advance() {
        requestMore();
        endIfTaken();
    }

    private void endIfTaken() {
        if (!upstreamDone || queued > 0 || ended) {
            return;
        }
        Batch batch = last;
        if (batch == null || batch.isDone()) {
            onFlushed();
        } else {
            batch.await(this);
            outbound.pump().soon();
        }
    }

    /** The last byte is with the kernel. */
    void onFlushed() {
        if (!ended) {
            ended = true;
            try {
                actual.onComplete();
            } finally {
                outbound.remove(this);
            }
        }
    }

    /** The connection failed or was closed. */
    void fail(Throwable reason) {
        if (!ended) {
            ended = true;
            cancelUpstream();
            if (!cancelled) {
                Signals.error(actual, reason);
            }
        }
    }

    @Override
    public void request(long n) {
        // There is no element to ask for: completion needs no demand.
        Operators.validate(n);
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            outbound.ring().run(this::onCancel);
        }
    }

    private void onCancel() {
        if (!ended) {
            ended = true;
            cancelUpstream();
            outbound.drop(this);
        }
    }

    private void cancelUpstream() {
        Subscription publisher = upstream;
        if (publisher != null) {
            publisher.cancel();
        }
    }
}
