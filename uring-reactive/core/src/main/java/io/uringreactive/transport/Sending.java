// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ResourcesExhausted;
import io.uringreactive.SocketOptions;
import io.uringreactive.TransportErrors;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a connection: what is queued goes to the transport in one batch at a time,
 * since two may interleave; what queues up meanwhile is the next batch. Confined to the loop.
 *
 * <p>Buffers that queue during a turn of the loop leave at its end.
 */
public final class Sending {
    /** What a transport sends with. */
    public interface Sink {
        /**
         * {@code buffer}, or a copy of it that can be sent; releases it where that is another, or
         * where it fails.
         */
        ByteBuf sendable(ByteBuf buffer);

        /**
         * Sends the first {@code count} buffers of {@code queue} and tells how it went, from within
         * or later: {@link #onSent}, or {@link #onProgress} and {@link #onFirstSent}, as often as
         * it likes, and {@link #onBatchEnd} in the end.
         */
        void submit(SendQueue queue, int count);

        /** Whether a batch has not come to its end. */
        boolean isInFlight();

        /** Sends no more than it must of what is in flight. */
        void cancel();
    }

    /** The kernel takes up to 1024 (UIO_MAXIOV); more than this in one call wins nothing. */
    public static final int BATCH_MAX = 64;

    private final LoopConnection connection;
    private final Sink sink;
    private final SendQueue queue = new SendQueue();
    private final ConnectionOptions options;
    private final Runnable flush = this::flush;

    /** Sends that wait for the queue to fall below the high-water mark. */
    private final ArrayDeque<SendSubscriber> paused = new ArrayDeque<>(0);

    /** Every send that has not ended, so that all can be told of a failure. */
    private final Set<SendSubscriber> active = new LinkedHashSet<>(2);

    /** How many of the queue's first buffers the transport has. */
    private int inBatch;

    private long sentBytes;

    /** A send ended while the transport may have had buffers of it: what is left of them goes. */
    private boolean dropAfterBatch;

    private boolean flushing;

    /** Of the queue's first buffer some bytes are sent and some are not. */
    private boolean firstIsPartlySent;

    /** Set when nothing more is accepted: why. */
    private @Nullable Throwable refused;

    public Sending(LoopConnection connection, Sink sink) {
        this.connection = connection;
        this.options = connection.options();
        this.sink = sink;
    }

    ByteBuf sendable(ByteBuf buffer) throws ResourcesExhausted {
        int most = options.sendQueueBytesMax();
        if (most > 0 && queue.bytes() >= most) {
            buffer.release();
            throw TransportErrors.queueFull(most, connection.knownRemote());
        }
        if (buffer.refCnt() == 0) {
            throw new IllegalReferenceCountException("a buffer to be sent was released before");
        }
        // Others that hold it too, such as sends of it on other connections, have their own
        // indices.
        return sink.sendable(buffer.refCnt() > 1 ? buffer.duplicate() : buffer);
    }

    /** Null while sends are accepted. */
    @Nullable Throwable refusal() {
        return refused;
    }

    void add(SendSubscriber send) {
        active.add(send);
    }

    void remove(SendSubscriber send) {
        active.remove(send);
        paused.remove(send);
    }

    /** A send has ended and its subscriber knows: whoever waits for the last one goes on. */
    void announceEnd() {
        if (active.isEmpty()) {
            connection.onSendIdle();
        }
    }

    /** Takes over {@code bytes}, which are {@link #sendable}. */
    void offer(ByteBuf bytes, SendSubscriber owner) {
        if (queue.isEmpty()) {
            connection.onWrite();
        }
        queue.add(bytes, owner);
        if (!flushing && !sink.isInFlight()) {
            flushing = true;
            connection.loop().defer(flush);
        }
    }

    boolean isBelowHighWater() {
        return queue.bytes() < options.sendHighWaterBytes();
    }

    /** {@code send} resumes when the queue has fallen below the high-water mark. */
    void pause(SendSubscriber send) {
        paused.add(send);
    }

    private void flush() {
        flushing = false;
        if (sink.isInFlight() || queue.isEmpty()) {
            return;
        }
        try {
            inBatch = Math.min(queue.size(), BATCH_MAX);
            sink.submit(queue, inBatch);
        } catch (IllegalReferenceCountException e) {
            // Released by who gave it to us: nobody knows what it holds now.
            inBatch = 0;
            connection.abort(e);
        }
    }

    /** The batch has come to its end, in whole or in part: the rest is the next one's. */
    public void onBatchEnd() {
        inBatch = 0;
        if (dropAfterBatch) {
            dropAfterBatch = false;
            dropEnded();
        }
        if (!queue.isEmpty()) {
            flush();
        }
        resume();
        if (isIdle()) {
            // Not told yet if the last buffers were those of a send that had been cancelled.
            connection.onSendIdle();
        }
    }

    /**
     * The kernel has so many bytes of the batch. Owners are told while it still counts as one: who
     * cancels another send from there must not take away buffers that {@code bytes} covers.
     */
    public void onSent(int bytes) {
        onProgress(bytes);
        queue.taken(bytes);
        int rest = bytes;
        while (inBatch > 0 && !queue.isEmpty() && queue.buffer(0).readableBytes() <= rest) {
            rest -= queue.buffer(0).readableBytes();
            finishFirst();
        }
        if (rest > 0 && !queue.isEmpty()) {
            try {
                queue.buffer(0).skipBytes(rest);
                firstIsPartlySent = true;
            } catch (IllegalReferenceCountException e) {
                connection.abort(e); // as in flush()
            }
        }
    }

    /** So many more bytes are with the kernel; {@link #onFirstSent} tells of whole buffers. */
    public void onProgress(long bytes) {
        boolean wasProven = sentBytes >= SocketOptions.PROVEN_BYTES;
        sentBytes += bytes;
        connection.onWrite();
        if (!wasProven && sentBytes >= SocketOptions.PROVEN_BYTES) {
            connection.liftUnsentBytesMax();
        }
    }

    /** The first buffer of the batch is with the kernel, all its {@code bytes}. */
    public void onFirstSent(int bytes) {
        queue.taken(bytes);
        finishFirst();
    }

    private void finishFirst() {
        ByteBuf sent = queue.buffer(0);
        SendSubscriber owner = queue.owner(0);
        queue.removeFirst();
        firstIsPartlySent = false;
        inBatch--;
        ReferenceCountUtil.safeRelease(sent);
        try {
            owner.onSent();
        } catch (RuntimeException | Error e) {
            // A subscriber's bug. What is left of the batch was sent too: it must not go out again.
            connection.abort(e);
            throw e;
        }
    }

    private void resume() {
        for (int i = paused.size(); i > 0 && isBelowHighWater(); i--) {
            SendSubscriber send = paused.poll();
            if (send != null) {
                send.onResumed();
            }
        }
    }

    /** A send was cancelled or failed: what of it the transport has not been given goes. */
    void drop(SendSubscriber owner) {
        dropEnded();
        dropAfterBatch |= inBatch > 0;
        remove(owner);
        announceEnd();
        resume();
    }

    /** A buffer that is partly sent is finished, so that others' bytes do not cut into it. */
    private void dropEnded() {
        queue.removeEnded(Math.max(inBatch, firstIsPartlySent ? 1 : 0));
    }

    /** Accepts no further sends; those that are active go on. */
    void refuse(Throwable reason) {
        if (refused == null) {
            refused = reason;
        }
    }

    /** Ends every send with {@code reason}. Buffers of the batch are kept until its end. */
    void stop(Throwable reason) {
        refuse(reason);
        sink.cancel();
        for (SendSubscriber send : Set.copyOf(active)) {
            try {
                send.fail(reason);
            } catch (Throwable e) {
                Signals.uncaught(e); // the others are told all the same, and the buffers released
            }
        }
        active.clear();
        paused.clear();
        if (!sink.isInFlight()) {
            queue.releaseAll();
        }
    }

    /** The batch that was cancelled has come to its end: nobody needs its buffers any more. */
    public void onCancelled() {
        inBatch = 0;
        queue.releaseAll();
        connection.onLetGo();
    }

    /** Whether there is something that the kernel has not taken. */
    boolean hasQueued() {
        return !queue.isEmpty();
    }

    /** How many bytes the kernel has taken. */
    long sentBytes() {
        return sentBytes;
    }

    /** Whether a send may get more from its publisher. */
    boolean hasOpenPublisher() {
        return active.stream().anyMatch(SendSubscriber::isFed);
    }

    /** Whether every send has ended and every byte is with the kernel. */
    public boolean isIdle() {
        return active.isEmpty() && queue.isEmpty() && !sink.isInFlight();
    }
}
