// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import io.netty.buffer.ByteBuf;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.sys.ring.BufferRing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * One ring's provided buffers: a slab of equal pieces, each with an id. Confined to the loop,
 * except for the release of a buffer, which hops there.
 *
 * <pre>
 *   FREE --publish--> PUBLISHED --a CQE names it--> OUT --recycle--> FREE
 * </pre>
 *
 * The kernel takes published buffers first in, first out, so a large ring of them walks through all
 * of its memory. Few are published and the free ones are stacked: the same, warm ones go round.
 *
 * <p>The slab is garbage-collected memory: the pool holds it until the ring's last terminal CQE,
 * and every buffer that is still out holds it too. A release after the ring has stopped is
 * harmless.
 */
public final class BufferPool {
    private static final byte FREE = 0;
    private static final byte PUBLISHED = 1;
    private static final byte OUT = 2;

    private static final int GROUP = 0;
    private static final int PAGE_BYTES = 4096;
    private static final int CACHE_LINE_BYTES = 64;
    private static final int PUBLISHED_INITIAL = 64;

    private final RingLoop loop;
    private final BufferRing ring;
    private final MemorySegment slab;
    private final ByteBuffer slabView;
    private final int count;
    private final int bytes;

    /**
     * From one buffer to the next: a cache line more than its size. At a power of two the
     * beginnings of all buffers, which is where small messages are, would compete for a few sets of
     * the cache.
     */
    private final int strideBytes;

    private final byte[] states;

    /** The last {@code count} ids in the order in which they were published. */
    private final int[] order;

    /** Where in that order an id stands. */
    private final int[] place;

    private int nextPlace;
    private final int[] free;
    private int freeCount;
    private int published;

    /** How many the kernel is kept supplied with; grows when it runs out within one turn. */
    private int publishedTarget;

    private final LeakAware leaks = new LeakAware();
    private final ArrayDeque<Runnable> starved = new ArrayDeque<>();
    private boolean closed;
    private long copied;
    private long starvedCount;

    /** Registers {@code count} buffers of {@code bytes} each with the loop's ring; on the loop. */
    public BufferPool(RingLoop loop, int count, int bytes) {
        this.loop = loop;
        this.count = count;
        this.bytes = bytes;
        this.strideBytes = bytes + CACHE_LINE_BYTES;
        this.slab = Arena.ofAuto().allocate((long) count * strideBytes, PAGE_BYTES);
        this.slabView = slab.asByteBuffer();
        this.states = new byte[count];
        this.free = new int[count];
        this.order = new int[count];
        this.place = new int[count];
        this.publishedTarget = Math.min(count, PUBLISHED_INITIAL);
        for (int bufferId = count - 1; bufferId >= 0; bufferId--) {
            free[freeCount++] = bufferId;
        }
        this.ring = loop.ring().bufferRing(GROUP, count);
        publish();
        loop.beforeEnter(this::replenish);
        loop.shutdown().addRelease(this::close);
    }

    public int group() {
        return GROUP;
    }

    /** The size of one buffer. */
    public int bufferBytes() {
        return bytes;
    }

    /**
     * The buffer that a CQE names, with the {@code length} bytes that were received into it. Where
     * free ones run low the bytes are copied out and the ring's buffer goes back at once, so a
     * consumer that keeps buffers cannot stall other connections.
     *
     * @param queues whether the bytes wait for demand, and for more to come behind them
     */
    public ByteBuf take(int bufferId, int length, boolean queues) {
        toOut(bufferId);
        int offset = bufferId * strideBytes;
        if (freeCount + published < count / 4) {
            copied++;
            // What is delivered at once lies close together; a small piece that is queued gets
            // room behind it, so that the queue can gather the next ones there.
            int roomBytes = queues && length < bytes / 8 ? bytes / 2 : length;
            try {
                ByteBuf copy = ReceivedByteBuf.ALLOCATOR.directBuffer(roomBytes, roomBytes);
                return copy.writeBytes(slabView.slice(offset, length));
            } finally {
                recycle(bufferId); // also when there is no memory for the copy
            }
        }
        return leaks.watch(
                ReceivedByteBuf.create(
                        this, bufferId, slabView, slab.address(), offset, bytes, length));
    }

    /** Takes what a CQE brought back, unread: the buffers from the one that it names on. */
    public void discard(int bufferId, int result) {
        int left = result;
        int each = bufferId;
        do {
            toOut(each);
            recycle(each);
            left -= bytes;
            each = following(each);
        } while (left > 0);
    }

    /**
     * The buffer that was published after {@code bufferId}. A CQE that brings more than fits one
     * buffer means that one too, and so on: they are consecutive in the ring, whatever their ids.
     */
    public int following(int bufferId) {
        return order[(place[bufferId] + 1) & (count - 1)];
    }

    private void toOut(int bufferId) {
        if (states[bufferId] != PUBLISHED) {
            throw new IllegalStateException(
                    "the kernel used buffer " + bufferId + ", which it had not been given");
        }
        states[bufferId] = OUT;
        published--;
    }

    /** On the loop. A second recycle would show one connection's bytes to another: it cannot be. */
    void recycle(int bufferId) {
        if (states[bufferId] != OUT) {
            throw new IllegalStateException("buffer " + bufferId + " was recycled twice");
        }
        states[bufferId] = FREE;
        free[freeCount++] = bufferId;
    }

    /** Safe from any thread. */
    void release(ReceivedByteBuf buffer) {
        if (loop.isInLoop()) {
            recycle(buffer.bufferId());
        } else {
            loop.execute(buffer);
        }
    }

    /**
     * Parks a receive that ended with ENOBUFS: {@code retry} runs when buffers are published again.
     * It is starved, not failed; arming it at once would only earn the next ENOBUFS.
     */
    public void park(Runnable retry) {
        starvedCount++;
        publishedTarget = Math.min(count, publishedTarget * 2);
        starved.add(retry);
    }

    /** A parked receive is no longer interested. */
    public void unpark(Runnable retry) {
        starved.remove(retry);
    }

    private void replenish() {
        if (closed) {
            return;
        }
        if (published < publishedTarget && freeCount > 0) {
            publish();
        }
        for (int i = Math.min(starved.size(), published); i > 0; i--) {
            Runnable retry = starved.poll();
            if (retry == null) {
                break; // one that ran has unparked the others
            }
            retry.run();
        }
    }

    private void publish() {
        while (published < publishedTarget && freeCount > 0) {
            int bufferId = free[--freeCount];
            states[bufferId] = PUBLISHED;
            published++;
            order[nextPlace] = bufferId;
            place[bufferId] = nextPlace;
            nextPlace = (nextPlace + 1) & (count - 1);
            ring.provide(slab.address() + (long) bufferId * strideBytes, bytes, bufferId);
        }
        ring.publish();
    }

    private void close() {
        closed = true;
        ring.close();
    }

    /** Buffers that are neither with the kernel nor free. */
    public int outCount() {
        return count - freeCount - published;
    }

    public long copiedCount() {
        return copied;
    }

    public long starvedCount() {
        return starvedCount;
    }
}
