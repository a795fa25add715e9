// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * The plaintext's subscriber, one at most. Signals never nest: what happens from within an onNext
 * is signalled after it. {@link #request} and {@link #cancel} come from any thread and hop; the
 * rest is confined to the ring.
 */
final class Delivery implements Subscription {
    private final SecureConnection connection;

    /** Null before there is one, and once it is cancelled or ended: nothing is signalled then. */
    private volatile @Nullable CoreSubscriber<? super ByteBuf> actual;

    private boolean subscribed;

    /** onSubscribe has returned: before that nothing is signalled (rule 1.3). */
    private boolean open;

    private long requested;
    private boolean emitting;

    /** The stream has ended, in order or with {@link #failure}. */
    private boolean ended;

    private @Nullable Throwable failure;

    Delivery(SecureConnection connection) {
        this.connection = connection;
    }

    void subscribe(CoreSubscriber<? super ByteBuf> subscriber) {
        if (subscribed) {
            Operators.error(
                    subscriber,
                    new IllegalStateException("receive() was subscribed already: one subscriber"));
            return;
        }
        subscribed = true;
        actual = subscriber;
        subscriber.onSubscribe(this);
        open = true;
        if (requested > 0) {
            connection.pump().run();
        }
        signalEnd();
    }

    @Override
    public void request(long n) {
        if (connection.ring().isHere()) {
            onRequest(n);
        } else {
            connection.ring().execute(() -> onRequest(n));
        }
    }

    private void onRequest(long n) {
        if (actual == null || ended) {
            return;
        }
        if (n > 0) {
            requested = Operators.addCap(requested, n);
            connection.pump().run();
        } else {
            connection.stopReceiving();
            end(Signals.badRequest(n));
        }
    }

    @Override
    public void cancel() {
        if (actual != null) {
            actual = null;
            connection.ring().run(connection::stopReceiving);
        }
    }

    /** Whether a record may be decrypted for the subscriber. */
    boolean isWanted() {
        return open && requested > 0 && actual != null && !ended;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Takes over {@code plaintext}. */
    void deliver(ByteBuf plaintext) {
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        if (subscriber == null) {
            plaintext.release();
            return;
        }
        if (requested != Long.MAX_VALUE) {
            requested--;
        }
        emitting = true;
        try {
            subscriber.onNext(plaintext);
        } catch (Throwable e) {
            // Against rule 2.13: it counts as cancelled. Whoever waits for what it would have done
            // must not wait for ever.
            actual = null;
            connection.abort(connection.closedError("receive"));
            throw e;
        } finally {
            emitting = false;
        }
        signalEnd();
    }

    /** No more comes; where an onNext is running, the subscriber learns it after that. */
    void end(@Nullable Throwable reason) {
        if (!ended) {
            ended = true;
            failure = reason;
            signalEnd();
        }
    }

    private void signalEnd() {
        CoreSubscriber<? super ByteBuf> subscriber = actual;
        if (!ended || !open || emitting || subscriber == null) {
            return;
        }
        actual = null;
        Throwable reason = failure;
        if (reason == null) {
            subscriber.onComplete();
        } else {
            Signals.error(subscriber, reason);
        }
    }
}
