// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.loop.InFlight;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.op.Send;
import io.uringreactive.sys.abi.Errno;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a connection: one send in flight at most, since two may interleave; what
 * queues up meanwhile goes out as one gathered send. Confined to the loop.
 *
 * <p>Buffers that queue during a turn leave at its end, with the turn's single enter.
 */
final class Sender extends InFlight {
    private final UringConnection connection;
    private final SendQueue queue = new SendQueue();
    private final int highWaterBytes;
    private final Runnable flush = this::flush;

    /** Sends that wait for the queue to fall below the high-water mark. */
    private final ArrayDeque<SendSubscriber> paused = new ArrayDeque<>(0);

    /** Every send that has not ended, so that all can be told of a failure. */
    private final Set<SendSubscriber> active = new LinkedHashSet<>(2);

    private @Nullable GatherMemory gather;

    /** How many of the queue's first buffers the kernel has. */
    private int inKernel;

    private long queuedBytes;

    /** A send ended while the kernel may have had buffers of it: what it leaves of them goes. */
    private boolean dropAfterSend;

    private boolean flushing;

    /**
     * How many bytes of the queue's first buffer are sent, while some of it are not. Noted here and
     * not in the buffer, which others may be sending too.
     */
    private int firstSentBytes;

    /** Set when nothing more is accepted: why. */
    private @Nullable Throwable refused;

    Sender(UringConnection connection, int highWaterBytes) {
        this.connection = connection;
        this.highWaterBytes = highWaterBytes;
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

    /** Takes over {@code bytes}, which are contiguous native memory. */
    void offer(ByteBuf bytes, SendSubscriber owner) {
        queuedBytes += bytes.readableBytes();
        queue.add(bytes, owner);
        if (!flushing && !isInFlight()) {
            flushing = true;
            connection.loop().defer(flush);
        }
    }

    boolean isBelowHighWater() {
        return queuedBytes < highWaterBytes;
    }

    /** {@code send} resumes when the queue has fallen below the high-water mark. */
    void pause(SendSubscriber send) {
        paused.add(send);
    }

    private void flush() {
        flushing = false;
        if (isInFlight() || queue.isEmpty()) {
            return;
        }
        try {
            submit();
        } catch (IllegalReferenceCountException e) {
            // Somebody released a buffer that it had given to us: nobody knows what it holds now.
            inKernel = 0;
            connection.abort(e);
        }
    }

    private void submit() {
        int fd = connection.fd();
        inKernel = Math.min(queue.size(), GatherMemory.PIECES_MAX);
        if (inKernel == 1) {
            ByteBuf only = queue.buffer(0);
            long address = NativeBytes.address(only) + firstSentBytes;
            int bytes = only.readableBytes() - firstSentBytes;
            Send.prepare(connection.loop().operations().begin(this), fd, address, bytes);
            return;
        }
        GatherMemory memory = gather == null ? gather = new GatherMemory() : gather;
        for (int i = 0; i < inKernel; i++) {
            ByteBuf piece = queue.buffer(i);
            int sent = i == 0 ? firstSentBytes : 0;
            memory.piece(i, NativeBytes.address(piece) + sent, piece.readableBytes() - sent);
        }
        Send.prepareGathered(
                connection.loop().operations().begin(this), fd, memory.header(inKernel));
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        if (result >= 0) {
            onSent(result);
        } else if (!Errno.EINTR.is(result) && !Errno.EAGAIN.is(result)) {
            connection.abort(
                    TransportErrors.of(Family.TRANSFER, "send", result, connection.knownRemote()));
            return;
        }
        inKernel = 0;
        if (dropAfterSend) {
            dropAfterSend = false;
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
     * Owners are told while the kernel's share still counts as such: one that cancels another send
     * from there must not take away buffers that {@code bytes} covers.
     */
    private void onSent(int bytes) {
        queuedBytes -= bytes;
        int rest = firstSentBytes + bytes;
        while (inKernel > 0 && !queue.isEmpty() && queue.buffer(0).readableBytes() <= rest) {
            ByteBuf sent = queue.buffer(0);
            SendSubscriber owner = queue.owner(0);
            rest -= sent.readableBytes();
            queue.removeFirst();
            firstSentBytes = 0;
            inKernel--;
            ReferenceCountUtil.safeRelease(sent);
            try {
                owner.onSent();
            } catch (RuntimeException | Error e) {
                // A subscriber's bug. What is left here was sent too: it must not go out again.
                connection.abort(e);
                throw e;
            }
        }
        firstSentBytes = queue.isEmpty() ? 0 : rest;
    }

    private void resume() {
        for (int i = paused.size(); i > 0 && isBelowHighWater(); i--) {
            SendSubscriber send = paused.poll();
            if (send != null) {
                send.onResumed();
            }
        }
    }

    /**
     * The send of {@code owner} was cancelled or failed: what the kernel has not been given goes.
     */
    void drop(SendSubscriber owner) {
        dropEnded();
        dropAfterSend |= inKernel > 0;
        remove(owner);
        announceEnd();
        resume();
    }

    /** A buffer that is partly sent is finished, so that others' bytes do not cut into it. */
    private void dropEnded() {
        queuedBytes -= queue.removeEnded(Math.max(inKernel, firstSentBytes > 0 ? 1 : 0));
    }

    /** Accepts no further sends; those that are active go on. */
    void refuse(Throwable reason) {
        if (refused == null) {
            refused = reason;
        }
    }

    /**
     * Ends every send with {@code reason}. Buffers that the kernel has are kept until it lets go.
     */
    void stop(Throwable reason) {
        refuse(reason);
        connection.loop().operations().cancel(this);
        for (SendSubscriber send : Set.copyOf(active)) {
            try {
                send.fail(reason);
            } catch (Throwable e) {
                RingLoop.uncaught(e); // the others are told all the same, and the buffers released
            }
        }
        active.clear();
        paused.clear();
        if (!isInFlight()) {
            releaseAll();
        }
    }

    @Override
    protected void onCancelled() {
        inKernel = 0;
        releaseAll();
        connection.onLetGo();
    }

    /** What the kernel has may still be read: those buffers are kept for good. */
    @Override
    protected void onRingLost(Throwable reason) {
        connection.onLetGo();
    }

    private void releaseAll() {
        while (!queue.isEmpty()) {
            ByteBuf buffer = queue.buffer(0);
            queue.removeFirst();
            ReferenceCountUtil.safeRelease(buffer);
        }
        queuedBytes = 0;
    }

    /** Whether every send has ended and every byte is with the kernel. */
    boolean isIdle() {
        return active.isEmpty() && queue.isEmpty() && !isInFlight();
    }
}
