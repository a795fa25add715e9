// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * Takes ciphertext from the transport, one buffer at a time and only when it is wanted. Confined to
 * the ring, where the transport signals.
 */
final class Inbound implements CoreSubscriber<ByteBuf> {
    /** Who reads the ciphertext at present. */
    interface Reader {
        /** Takes over {@code bytes}. */
        void onCiphertext(ByteBuf bytes);

        /** No more comes: by a FIN, or by {@code error}. */
        void onCiphertextEnd(@Nullable Throwable error);

        /** Nothing is read any more: what is held goes. */
        void onStopped();
    }

    private @Nullable Reader reader;
    private @Nullable Subscription upstream;
    private boolean requested;
    private boolean ended;
    private @Nullable Throwable failure;
    private long bytes;

    /** {@code next} reads from now on. */
    void readBy(Reader next) {
        reader = next;
    }

    /** How much has come so far. */
    long bytes() {
        return bytes;
    }

    boolean isEnded() {
        return ended;
    }

    /** Why the transport's stream has ended; null when it did so in order. */
    @Nullable Throwable failure() {
        return failure;
    }

    /** Asks for one more buffer, if none is on its way. */
    void want() {
        if (!requested && !ended) {
            requested = true;
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.request(1);
            }
        }
    }

    /** Reads no more: what still comes is dropped. */
    void stop() {
        Reader current = reader;
        reader = null;
        if (current != null) {
            current.onStopped();
        }
        Subscription subscription = upstream;
        if (subscription != null && !ended) {
            subscription.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (Operators.validate(upstream, subscription)) {
            upstream = subscription;
            if (reader == null) {
                subscription.cancel();
            } else if (requested) {
                subscription.request(1);
            }
        }
    }

    @Override
    public void onNext(ByteBuf received) {
        requested = false;
        bytes += received.readableBytes();
        Reader current = reader;
        if (current == null) {
            received.release();
        } else {
            current.onCiphertext(received);
        }
    }

    @Override
    public void onError(Throwable error) {
        failure = error;
        onComplete();
    }

    @Override
    public void onComplete() {
        ended = true;
        Reader current = reader;
        if (current != null) {
            current.onCiphertextEnd(failure);
        }
    }
}
