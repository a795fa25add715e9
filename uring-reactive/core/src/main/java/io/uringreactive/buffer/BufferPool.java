// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import io.netty.buffer.ByteBuf;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.sys.ring.BufferRing;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * One ring's provided buffers: equal pieces of memory, each with an id. Confined to the loop,
 * except for the release of a buffer, which hops there.
 *
 * <pre>
 *   FREE --publish--> PUBLISHED --a CQE names it--> OUT --recycle--> FREE
 * </pre>
 *
 * The kernel takes published buffers first in, first out, so a large ring of them walks through all
 * of its memory. Few are published and the free ones are stacked: the same, warm ones go round.
 *
 * <p>When they run low, and may become more, the pool grows by as many as it began with, on the
 * loop.
 */
public final class BufferPool {
    private static final Logger LOG = Loggers.getLogger(BufferPool.class);
    private static final byte FREE = 0;
    private static final byte PUBLISHED = 1;
    private static final byte OUT = 2;

    private static final int GROUP = 0;
    private static final int PUBLISHED_INITIAL = 64;

    private final RingLoop loop;
    private final BufferRing ring;
    private final BufferMemory memory;
    private final int bytes;
    private final boolean zeroed;

    /** How many it began with, how many there are, and how many there may be. */
    private final int slabCount;

    private int count;

    private int countMax;

    private final byte[] states;

    /** The ids of the ring's last entries in the order in which they were published. */
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
    private boolean ranLow;
    private boolean closed;
    private long copied;
    private long starvedCount;

    /** Registers those that {@code options} ask for with the loop's ring; on the loop. */
    public BufferPool(RingLoop loop, RingGroupOptions options) {
        this.loop = loop;
        this.slabCount = options.bufferCount();
        this.count = slabCount;
        this.countMax = Math.max(count, options.bufferCountMax());
        this.bytes = options.bufferBytes();
        this.zeroed = options.zeroBuffers();
        this.memory = new BufferMemory(count, bytes);
        this.states = new byte[countMax];
        this.free = new int[countMax];
        this.order = new int[countMax];
        this.place = new int[countMax];
        this.publishedTarget = Math.min(count, PUBLISHED_INITIAL);
        addFree(0, count);
        this.ring = loop.ring().bufferRing(GROUP, countMax);
        publish();
        loop.beforeEnter(this::replenish);
        loop.shutdown().addRelease(this::close);
    }

    /** So that the first is on top. */
    private void addFree(int first, int end) {
        for (int bufferId = end - 1; bufferId >= first; bufferId--) {
            free[freeCount++] = bufferId;
        }
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
        ByteBuffer slab = memory.view(bufferId);
        int offset = memory.offset(bufferId);
        if (freeCount() < count / 4) {
            ranLow = true;
            copied++;
            // What is delivered at once lies close together; a small piece that is queued gets
            // room behind it, so that the queue can gather the next ones there.
            int roomBytes = queues && length < bytes / 8 ? bytes / 2 : length;
            try {
                ByteBuf copy = ReceivedByteBuf.ALLOCATOR.directBuffer(roomBytes, roomBytes);
                return copy.writeBytes(slab.slice(offset, length));
            } finally {
                recycle(bufferId); // also when there is no memory for the copy
            }
        }
        return leaks.watch(
                ReceivedByteBuf.create(
                        this, bufferId, slab, memory.slabAddress(bufferId), offset, bytes, length));
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
        return order[(place[bufferId] + 1) & (order.length - 1)];
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
        if (zeroed) {
            memory.zero(bufferId);
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
        loop.recorder().onStarved(outCount());
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
        if (ranLow && count < countMax) {
            grow();
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

    private void grow() {
        ranLow = false;
        int grown = count + slabCount;
        try {
            memory.addSlab();
        } catch (OutOfMemoryError e) {
            LOG.warn("{} keeps to {} provided buffers: there is no memory for more", loop, count);
            countMax = count;
            return;
        }
        addFree(count, grown);
        count = grown;
        LOG.info("{} has {} provided buffers from now on, for they ran low", loop, count);
    }

    private void publish() {
        while (published < publishedTarget && freeCount > 0) {
            int bufferId = free[--freeCount];
            states[bufferId] = PUBLISHED;
            published++;
            order[nextPlace] = bufferId;
            place[bufferId] = nextPlace;
            nextPlace = (nextPlace + 1) & (order.length - 1);
            ring.provide(memory.address(bufferId), bytes, bufferId);
        }
        ring.publish();
    }

    private void close() {
        closed = true;
        ring.close();
    }

    /** Buffers that are neither with the kernel nor free. */
    public int outCount() {
        return count - freeCount();
    }

    /** Buffers that are with the kernel or free to be given to it. */
    public int freeCount() {
        return freeCount + published;
    }

    public long copiedCount() {
        return copied;
    }

    public long starvedCount() {
        return starvedCount;
    }
}
