// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ResourcesExhausted;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * One subscription to a send: takes buffers from the publisher, gives them to the connection's
 * {@link Sending}, and completes when the last one is with the kernel. Signals of the publisher
 * come from any thread and hop; the rest is confined to the loop.
 */
final class SendSubscriber implements CoreSubscriber<ByteBuf>, Subscription, LoopScannable {
    static final int REQUEST_AT_FIRST = 32;
    private static final int REQUEST_AGAIN = 24;

    private static final AtomicIntegerFieldUpdater<SendSubscriber> HOPPING =
            AtomicIntegerFieldUpdater.newUpdater(SendSubscriber.class, "hopping");

    private final LoopConnection connection;
    private final Sending sending;
    private final CoreSubscriber<? super Void> actual;

    /** Signals on their way from other threads: those on the loop queue up behind them. */
    private volatile int hopping;

    private @Nullable Subscription upstream;

    /** Buffers in the sender's queue. */
    private int queued;

    /** Buffers sent since the publisher was last asked for more. */
    private int sentSinceRequest;

    private boolean upstreamDone;
    private boolean ended;

    /** Whether the subscriber has been told of an end. */
    private boolean terminated;

    private volatile boolean cancelled;

    SendSubscriber(LoopConnection connection, CoreSubscriber<? super Void> actual) {
        this.connection = connection;
        this.sending = connection.sending();
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
        Objects.requireNonNull(subscription, "subscription");
        if (connection.loop().isInLoop()) {
            begin(subscription);
        } else {
            // In step with the ends that come on the loop, which look for the upstream there.
            connection.loop().execute(() -> begin(subscription));
        }
    }

    private void begin(Subscription subscription) {
        if (Operators.validate(upstream, subscription)) {
            upstream = subscription;
            if (cancelled || ended) {
                cancelUpstream();
            } else {
                request(subscription, REQUEST_AT_FIRST);
            }
        }
    }

    @Override
    public void onNext(ByteBuf buffer) {
        Objects.requireNonNull(buffer, "buffer");
        if (onLoop()) {
            accept(buffer);
        } else {
            hop(() -> accept(buffer));
        }
    }

    @Override
    public void onError(Throwable error) {
        Objects.requireNonNull(error, "error");
        if (onLoop()) {
            onFailed(error);
        } else {
            hop(() -> onFailed(error));
        }
    }

    @Override
    public void onComplete() {
        if (onLoop()) {
            onDone();
        } else {
            hop(this::onDone);
        }
    }

    private boolean onLoop() {
        return hopping == 0 && connection.loop().isInLoop();
    }

    private void hop(Runnable signal) {
        HOPPING.incrementAndGet(this);
        connection
                .loop()
                .execute(
                        () -> {
                            HOPPING.decrementAndGet(this);
                            signal.run();
                        });
    }

    private void accept(ByteBuf buffer) {
        if (ended || cancelled) {
            buffer.release();
            return;
        }
        ByteBuf bytes;
        try {
            bytes = sending.sendable(buffer);
        } catch (ResourcesExhausted | RuntimeException | OutOfMemoryError e) {
            // Too much is queued, released already, or too large a copy: this send's failure, not
            // the connection's.
            breakOff(e);
            return;
        }
        queued++;
        sending.offer(bytes, this);
    }

    private void onFailed(Throwable error) {
        if (ended || cancelled) {
            Operators.onErrorDropped(error, currentContext());
        } else {
            ended = true;
            terminated = true;
            sending.drop(this);
            actual.onError(error);
        }
    }

    private void onDone() {
        upstreamDone = true;
        completeIfDone();
    }

    private void completeIfDone() {
        if (upstreamDone && queued == 0 && !ended) {
            ended = true;
            terminated = true;
            sending.remove(this);
            try {
                actual.onComplete();
            } finally {
                // After the signal, since it may send a FIN that the peer sees at once.
                sending.announceEnd();
            }
        }
    }

    /** One buffer is with the kernel. */
    void onSent() {
        queued--;
        sentSinceRequest++;
        if (upstreamDone) {
            completeIfDone();
        } else if (sentSinceRequest >= REQUEST_AGAIN) {
            if (sending.isBelowHighWater()) {
                onResumed();
            } else if (sentSinceRequest == REQUEST_AGAIN) {
                sending.pause(this);
            }
        }
    }

    /** The queue has room again. */
    void onResumed() {
        int n = sentSinceRequest;
        sentSinceRequest = 0;
        Subscription publisher = upstream;
        if (publisher != null && n > 0 && !ended && !cancelled) {
            request(publisher, n);
        }
    }

    private void request(Subscription publisher, int n) {
        try {
            publisher.request(n);
        } catch (Throwable e) {
            // Against rule 3.16. The sender may be in the middle of its account: it must finish.
            breakOff(e);
        }
    }

    /** Fails for a reason of this side's, or a publisher's that threw (rules 1.9 and 3.16). */
    void breakOff(Throwable error) {
        cancelUpstream();
        onFailed(error);
    }

    /** The connection failed or was closed. */
    void fail(Throwable reason) {
        if (!ended) {
            ended = true;
            cancelUpstream();
            if (!cancelled) {
                terminated = true;
                actual.onError(reason);
            }
        }
    }

    @Override
    public void request(long n) {
        // There is no element to ask for: completion needs no demand.
        if (n <= 0) {
            connection.loop().run(() -> onBadRequest(n));
        }
    }

    private void onBadRequest(long n) {
        if (!ended && !cancelled) {
            breakOff(Signals.badRequest(n));
        }
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            connection.loop().run(this::onCancel);
        }
    }

    private void onCancel() {
        if (!ended) {
            ended = true;
            cancelUpstream();
            sending.drop(this);
        }
    }

    private void cancelUpstream() {
        Subscription publisher = upstream;
        if (publisher != null) {
            try {
                publisher.cancel();
            } catch (Throwable e) {
                Signals.uncaught(e); // against rule 3.15; this send must end all the same
            }
        }
    }

    @Override
    public Scheduler signalsOn() {
        return connection.scheduler();
    }

    @Override
    public @Nullable Object scanState(Attr<?> key) {
        if (key.equals(Attr.PARENT)) {
            return upstream;
        } else if (key.equals(Attr.ACTUAL)) {
            return actual;
        } else if (key.equals(Attr.TERMINATED)) {
            return terminated;
        } else if (key.equals(Attr.CANCELLED)) {
            return cancelled;
        } else if (key.equals(Attr.PREFETCH)) {
            return REQUEST_AT_FIRST;
        } else if (key.equals(Attr.BUFFERED)) {
            return queued;
        }
        return null;
    }
}
