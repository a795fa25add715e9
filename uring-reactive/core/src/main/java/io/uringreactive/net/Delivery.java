// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.uringreactive.loop.RingLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * The subscriber's side of a {@link Receiver}: who gets the buffers, how many were asked for, and
 * what waits. Signals never nest: what happens from within an onNext is signalled after it.
 * Confined to the loop, except {@link #cancel()} and {@link #isActive()}.
 */
final class Delivery {
    private final ReceiveQueue queue;

    /** Runs when the subscriber throws, against rule 2.13. */
    private final Runnable onBroken;

    /** Null before there is one, and once it is cancelled or ended: nothing is signalled then. */
    private volatile @Nullable CoreSubscriber<? super ByteBuf> actual;

    private long requested;
    private boolean emitting;

    /** The subscriber ended the connection from within onNext: what to tell it after that. */
    private @Nullable Throwable failing;

    Delivery(ReceiveQueue queue, Runnable onBroken) {
        this.queue = queue;
        this.onBroken = onBroken;
    }

    void to(CoreSubscriber<? super ByteBuf> subscriber) {
        actual = subscriber;
    }

    boolean isActive() {
        return actual != null;
    }

    boolean isUnbounded() {
        return requested == Long.MAX_VALUE;
    }

    /** Whether the subscriber's onNext is running, further up the stack. */
    boolean isEmitting() {
        return emitting;
    }

    void request(long n) {
        requested = Operators.addCap(requested, n);
    }

    /** From any thread; false when there was nothing to cancel. */
    boolean cancel() {
        boolean active = actual != null;
        actual = null;
        return active;
    }

    /** Fails the subscriber, if there is one; where its onNext is running, after that. */
    void fail(Throwable reason) {
        if (emitting) {
            failing = failing == null ? reason : failing;
            return;
        }
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        actual = null;
        if (subscriber != null) {
            try {
                subscriber.onError(reason);
            } catch (Throwable e) {
                RingLoop.uncaught(e); // the connection must end all the same
            }
        }
    }

    /** Delivers {@code buffer} at once where that is its turn, or queues it. */
    void add(ByteBuf buffer) {
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        if (requested > 0 && queue.isEmpty() && !emitting && subscriber != null) {
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

    /** Signals the end, once everything is delivered. */
    void end(@Nullable Throwable failure) {
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        if (subscriber == null || !queue.isEmpty()) {
            return;
        }
        actual = null;
        if (failure == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(failure);
        }
    }

    private void deliver(CoreSubscriber<? super ByteBuf> subscriber, ByteBuf buffer) {
        if (requested != Long.MAX_VALUE) {
            requested--;
        }
        emitting = true;
        try {
            subscriber.onNext(buffer);
        } catch (Throwable e) {
            onBroken.run();
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
}
