// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * The subscriber's side of a {@link Receiving}: who gets the buffers, how many were asked for, and
 * what waits. Signals never nest: what happens from within an onNext is signalled after it. {@link
 * #request}, {@link #cancel} and {@link #scanUnsafe} come from any thread; the rest is confined to
 * the loop.
 */
final class Delivery implements Subscription, LoopScannable {
    private final LoopConnection connection;
    private final Receiving receiving;
    private final ReceiveQueue queue;

    /** Null before there is one, and once it is cancelled or ended: nothing is signalled then. */
    private volatile @Nullable CoreSubscriber<? super ByteBuf> actual;

    private volatile boolean terminated;
    private volatile boolean cancelled;

    private long requested;
    private boolean emitting;

    /** The subscriber caused its own error from within onNext: what to tell it after that. */
    private @Nullable Throwable failing;

    Delivery(LoopConnection connection, Receiving receiving, ReceiveQueue queue) {
        this.connection = connection;
        this.receiving = receiving;
        this.queue = queue;
    }

    void to(CoreSubscriber<? super ByteBuf> subscriber) {
        actual = subscriber;
        subscriber.onSubscribe(this);
    }

    boolean isActive() {
        return actual != null;
    }

    /** Whether something is asked for that has not come yet. */
    boolean isRequested() {
        return requested > 0;
    }

    boolean isUnbounded() {
        return requested == Long.MAX_VALUE;
    }

    /** Whether the subscriber's onNext is running, further up the stack. */
    boolean isEmitting() {
        return emitting;
    }

    @Override
    public void request(long n) {
        Loop loop = connection.loop();
        if (loop.isInLoop()) {
            onRequest(n);
        } else {
            loop.execute(() -> onRequest(n));
        }
    }

    private void onRequest(long n) {
        if (actual == null || failing != null) {
            return;
        }
        if (n > 0) {
            requested = Operators.addCap(requested, n);
            receiving.onRequest();
        } else {
            receiving.onCancel();
            fail(Signals.badRequest(n));
        }
    }

    @Override
    public void cancel() {
        if (actual != null) {
            cancelled = true;
            actual = null;
            connection.loop().run(receiving::onCancel);
        }
    }

    /** Fails the subscriber, if there is one; where its onNext is running, after that. */
    void fail(Throwable reason) {
        if (emitting) {
            failing = failing == null ? reason : failing;
            return;
        }
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        if (subscriber != null) {
            try {
                end(subscriber, reason);
            } catch (Throwable e) {
                Signals.uncaught(e); // the connection must end all the same
            }
        }
    }

    boolean deliversAtOnce() {
        return requested > 0 && queue.isEmpty() && !emitting && actual != null;
    }

    /** Delivers {@code buffer} at once where that is its turn, or queues it. */
    void add(ByteBuf buffer) {
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        if (subscriber != null && deliversAtOnce()) {
            deliver(subscriber, buffer);
        } else {
            queue.add(buffer);
        }
    }

    /** Signals what waits as far as it was asked for. */
    void drain() {
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        while (subscriber != null && requested > 0 && !queue.isEmpty()) {
            ByteBuf buffer = queue.poll();
            if (buffer != null) {
                deliver(subscriber, buffer);
            }
            subscriber = actual;
        }
    }

    /** Signals the end of the stream, once everything is delivered. */
    void end(@Nullable Throwable failure) {
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        if (subscriber != null && queue.isEmpty()) {
            end(subscriber, failure);
        }
    }

    private void end(CoreSubscriber<?> subscriber, @Nullable Throwable failure) {
        terminated = true;
        actual = null;
        Signals.end(subscriber, failure);
    }

    private void deliver(CoreSubscriber<? super ByteBuf> subscriber, ByteBuf buffer) {
        if (requested != Long.MAX_VALUE) {
            requested--;
        }
        emitting = true;
        try {
            subscriber.onNext(buffer);
        } catch (Throwable e) {
            receiving.onSubscriberBroken();
            throw e;
        } finally {
            emitting = false;
        }
        Throwable reason = failing;
        if (reason != null) {
            failing = null;
            fail(reason);
        }
    }

    @Override
    public Scheduler signalsOn() {
        return connection.scheduler();
    }

    @Override
    public @Nullable Object scanState(Attr<?> key) {
        if (key.equals(Attr.ACTUAL)) {
            return actual;
        } else if (key.equals(Attr.TERMINATED)) {
            return terminated;
        } else if (key.equals(Attr.CANCELLED)) {
            return cancelled;
        } else if (key.equals(Attr.REQUESTED_FROM_DOWNSTREAM)) {
            return requested;
        }
        return null;
    }
}
