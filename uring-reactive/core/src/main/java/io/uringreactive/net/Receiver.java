// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.buffer.BufferPool;
import io.uringreactive.loop.Carries;
import io.uringreactive.loop.InFlight;
import io.uringreactive.op.Receive;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Sqe;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * The receiving side of a connection: one receive in flight at most, one subscriber at most, which
 * {@link Delivery} stands for. Confined to the loop.
 *
 * <pre>
 *   purpose:  IDLE --first request--> DELIVERING --cancel--> IDLE
 *             any  --graceful close--> DISCARDING      any --abort--> STOPPED
 *   in the kernel (InFlight's state): armed, cancelled or not; or parked for want of buffers
 * </pre>
 */
final class Receiver extends InFlight {
    private enum Purpose {
        IDLE,
        DELIVERING,
        DISCARDING,
        STOPPED
    }

    private final UringConnection connection;
    private final BufferPool buffers;
    private final ReceiveQueue queue;
    private final Delivery delivery;
    private final int windowBytes;
    private final Runnable unparked = this::onUnparked;

    private Purpose purpose = Purpose.IDLE;

    private boolean subscribed;
    private boolean parked;

    /** The peer's stream has ended, in order or with {@link #failure}: nothing more comes. */
    private boolean ended;

    private @Nullable Throwable failure;

    /** For who subscribes late: a send may have met the peer's reset before. */
    private @Nullable Throwable stopReason;

    private boolean socketEmpty;
    private long discardableBytes;

    Receiver(UringConnection connection, BufferPool buffers, int windowBytes) {
        this.connection = connection;
        this.buffers = buffers;
        this.queue = new ReceiveQueue(buffers.bufferBytes());
        this.delivery = new Delivery(connection, this, queue);
        this.windowBytes = windowBytes;
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
        emit();
    }

    /** The subscriber wants no more. */
    void onCancel() {
        queue.discard();
        if (purpose == Purpose.DELIVERING) {
            purpose = Purpose.IDLE;
            endArmed();
        }
    }

    /** Reads on without a subscriber until the peer's end, for a graceful close. */
    void discardUntilEnd(int bytesMax) {
        purpose = Purpose.DISCARDING;
        discardableBytes = bytesMax;
        queue.discard();
        // The subscriber may abort the connection from here: then nothing is armed any more.
        delivery.fail(connection.closedError("receive"));
        arm();
    }

    /** Ends everything: what is armed is cancelled, what is queued is dropped. */
    void stop(Throwable reason) {
        if (purpose != Purpose.STOPPED) {
            purpose = Purpose.STOPPED;
            stopReason = reason;
            delivery.fail(reason);
            queue.discard();
            endArmed();
        }
    }

    private void endArmed() {
        connection.loop().operations().cancel(this);
        if (parked) {
            parked = false;
            buffers.unpark(unparked);
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

    boolean isEnded() {
        return ended;
    }

    private void arm() {
        boolean wanted = purpose == Purpose.DELIVERING || purpose == Purpose.DISCARDING;
        if (!wanted || isInFlight() || ended || parked) {
            return;
        }
        boolean unbounded = purpose == Purpose.DISCARDING || delivery.isUnbounded();
        Arming arming =
                Arming.decide(
                        connection.ring().receiveMode(), unbounded, queue.bytes(), windowBytes);
        if (arming.how() != Arming.How.NONE) {
            Sqe sqe = connection.loop().operations().begin(this);
            arming.prepare(sqe, connection.fd(), buffers);
            if (connection.ring().receivesBundles()) {
                Receive.bundle(sqe);
            }
            if (socketEmpty) {
                Receive.pollFirst(sqe);
            }
        }
    }

    @Override
    protected Carries carries() {
        return Carries.BUFFER;
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        socketEmpty = (cqeFlags & CqeFlags.SOCK_NONEMPTY) == 0;
        if (result > 0) {
            onBuffers(CqeFlags.bufferId(cqeFlags), result);
        } else {
            if (CqeFlags.hasBuffer(cqeFlags)) {
                buffers.discard(CqeFlags.bufferId(cqeFlags), 0);
            }
            onNoBytes(result);
        }
        emit();
    }

    /** One buffer, or those that follow it too: all but the last of a bundle are full. */
    private void onBuffers(int bufferId, int result) {
        int next = bufferId;
        int left = result;
        while (left > 0) {
            int current = next;
            int length = Math.min(left, buffers.bufferBytes());
            next = buffers.following(current);
            left -= length;
            try {
                onBytes(current, length);
            } catch (Throwable e) {
                if (left > 0) {
                    buffers.discard(next, left);
                }
                throw e;
            }
        }
    }

    private void onBytes(int bufferId, int length) {
        if (purpose != Purpose.DELIVERING || !delivery.isActive()) {
            buffers.discard(bufferId, length);
            discardableBytes -= length;
            if (purpose == Purpose.DISCARDING && discardableBytes < 0) {
                onEnd(null);
            }
            return;
        }
        ByteBuf buffer;
        try {
            buffer = buffers.take(bufferId, length);
        } catch (Throwable e) {
            // No memory for a copy: the stream has a gap here, nothing after it may be delivered.
            connection.abort(e);
            return;
        }
        delivery.add(buffer);
    }

    private void onNoBytes(int result) {
        if (result == 0) {
            onEnd(null);
        } else if (Errno.ENOBUFS.is(result)) {
            parked = true;
            buffers.park(unparked);
        } else if (!Errno.ECANCELED.is(result)
                && !Errno.EINTR.is(result)
                && !Errno.EAGAIN.is(result)) {
            onEnd(TransportErrors.of(Family.TRANSFER, "receive", result, connection.knownRemote()));
        }
    }

    private void onUnparked() {
        parked = false;
        arm();
    }

    private void onEnd(@Nullable Throwable error) {
        ended = true;
        failure = error;
        if (isInFlight()) {
            connection.loop().operations().cancel(this);
        }
        connection.onReceiveEnded();
    }

    @Override
    protected void onCancelled() {
        arm();
        connection.onLetGo();
    }

    @Override
    protected void onRingLost(Throwable reason) {
        connection.onLetGo();
    }

    /**
     * Signals what is there as far as it was asked for, and arms for more. A subscriber that
     * requests from within onNext comes back in here; the call that runs it goes on then.
     */
    private void emit() {
        if (delivery.isEmitting()) {
            return;
        }
        delivery.drain();
        if (ended) {
            delivery.end(failure);
        }
        arm();
    }
}
