// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;

/**
 * The receiving side of a connection: one subscriber at most, which {@link Delivery} stands for,
 * and what it is there for. A transport brings the bytes and is told when to. Confined to the loop.
 *
 * <pre>
 *   IDLE --first request--> DELIVERING --cancel--> IDLE
 *   any  --graceful close--> DISCARDING      any --abort--> STOPPED
 * </pre>
 */
public final class Receiving {
    private enum Purpose {
        IDLE,
        DELIVERING,
        DISCARDING,
        STOPPED
    }

    /** What a transport receives with. */
    public interface Source {
        /** Receives, unless it does already: called whenever more may be wanted. */
        void arm();

        /** Receives no more for now. */
        void disarm();
    }

    private final LoopConnection connection;
    private final Source source;
    private final ReceiveQueue queue;
    private final Delivery delivery;

    private Purpose purpose = Purpose.IDLE;

    private boolean subscribed;
    private boolean cancelled;

    /** The peer's stream has ended, in order or with {@link #failure}: nothing more comes. */
    private boolean ended;

    private @Nullable Throwable failure;

    /** For who subscribes late: a send may have met the peer's reset before. */
    private @Nullable Throwable stopReason;

    private long discardableBytes;

    /**
     * @param bufferBytes how large one received buffer usually is
     */
    public Receiving(LoopConnection connection, Source source, int bufferBytes) {
        this.connection = connection;
        this.source = source;
        this.queue = new ReceiveQueue(bufferBytes);
        this.delivery = new Delivery(connection, this, queue);
    }

    /** Whoever is signalled, as its actual. */
    public Scannable delivery() {
        return delivery;
    }

    void subscribe(CoreSubscriber<? super ByteBuf> subscriber) {
        if (subscribed) {
            Operators.error(
                    subscriber,
                    new IllegalStateException("receive() was subscribed already: one subscriber"));
        } else if (purpose != Purpose.IDLE) {
            Throwable reason = stopReason;
            Operators.error(
                    subscriber, reason == null ? connection.closedError("receive") : reason);
        } else {
            subscribed = true;
            delivery.to(subscriber);
        }
    }

    /** The subscriber has asked for more. */
    void onRequest() {
        if (purpose == Purpose.IDLE) {
            purpose = Purpose.DELIVERING;
        }
        connection.onRead();
        emit();
    }

    /** The subscriber wants no more. */
    void onCancel() {
        cancelled = true;
        queue.discard();
        if (purpose == Purpose.DELIVERING) {
            purpose = Purpose.IDLE;
            source.disarm();
        }
    }

    /** Reads on without a subscriber until the peer's end, for a graceful close. */
    void discardUntilEnd(int bytesMax) {
        purpose = Purpose.DISCARDING;
        discardableBytes = bytesMax;
        queue.discard();
        // The subscriber may abort the connection from here: then nothing is armed any more.
        delivery.fail(connection.closedError("receive"));
        source.arm();
    }

    /** Ends everything: what is armed is cancelled, what is queued is dropped. */
    void stop(Throwable reason) {
        if (purpose != Purpose.STOPPED) {
            purpose = Purpose.STOPPED;
            stopReason = reason;
            delivery.fail(reason);
            queue.discard();
            source.disarm();
        }
    }

    /**
     * It counts as cancelled. Whoever waits for what it would have done, such as a send of it, must
     * not wait for ever: the connection ends.
     */
    void onSubscriberBroken() {
        delivery.cancel();
        connection.abort(connection.closedError("receive"));
    }

    public boolean isEnded() {
        return ended;
    }

    /** Whether bytes that come now are for somebody, or at least for the count of a close. */
    public boolean isWanted() {
        return !ended && (purpose == Purpose.DELIVERING || purpose == Purpose.DISCARDING);
    }

    /** Whether bytes that come now are for a subscriber, be it one that has yet to come. */
    public boolean isOpen() {
        return purpose == Purpose.IDLE ? !cancelled : isDelivering();
    }

    /** Whether bytes that come now go to a subscriber; if not, {@link #onDiscarded} is told. */
    public boolean isDelivering() {
        return purpose == Purpose.DELIVERING && delivery.isActive();
    }

    /** Whether as much is wanted as there is. */
    public boolean isUnbounded() {
        return purpose == Purpose.DISCARDING || delivery.isUnbounded();
    }

    /** Whether the subscriber has asked for more than there is, or what comes is discarded. */
    public boolean isAwaited() {
        return isWanted()
                && (purpose == Purpose.DISCARDING || (delivery.isRequested() && queue.isEmpty()));
    }

    /** How much is received and not yet delivered. */
    public int queuedBytes() {
        return queue.bytes();
    }

    /** Whether {@link #add} would deliver at once, and not queue. */
    public boolean deliversAtOnce() {
        return delivery.deliversAtOnce();
    }

    /** Delivers {@code buffer} at once where that is its turn, or queues it. */
    public void add(ByteBuf buffer) {
        connection.onRead();
        delivery.add(buffer);
    }

    /** So many bytes came that nobody wants. */
    public void onDiscarded(int bytes) {
        discardableBytes -= bytes;
        if (purpose == Purpose.DISCARDING && discardableBytes < 0) {
            onEnd(null);
        }
    }

    /** The peer's stream has ended; {@link #emit} tells the subscriber, after what is queued. */
    public void onEnd(@Nullable Throwable error) {
        ended = true;
        failure = error;
        source.disarm();
        connection.onReceiveEnded();
    }

    /**
     * Signals what is there as far as it was asked for, and arms for more. A subscriber that
     * requests from within onNext comes back in here; the call that runs it goes on then.
     */
    public void emit() {
        if (delivery.isEmitting()) {
            return;
        }
        delivery.drain();
        if (ended) {
            delivery.end(failure);
        }
        source.arm();
    }
}
