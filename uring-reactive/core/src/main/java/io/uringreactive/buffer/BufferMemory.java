// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where provided buffers are: slabs of as many equal pieces each, one after the other. Confined to
 * the loop.
 *
 * <p>A slab is garbage-collected memory: the pool holds it until the ring's last terminal CQE, and
 * every buffer that is still out holds it too. A release after the ring has stopped is harmless.
 */
final class BufferMemory {
    private static final int PAGE_BYTES = 4096;
    private static final int CACHE_LINE_BYTES = 64;

    /** The memory, and the same as a ByteBuffer: only absolute accesses, its position stays. */
    private record Slab(MemorySegment memory, ByteBuffer view, long address) {
        static Slab allocate(long bytes) {
            MemorySegment memory = Arena.ofAuto().allocate(bytes, PAGE_BYTES);
            return new Slab(memory, memory.asByteBuffer(), memory.address());
        }
    }

    private final List<Slab> slabs = new ArrayList<>(1);
    private final int bytes;

    /** Of a buffer's id the number of its slab, and its place there. */
    private final int slabShift;

    private final int placeMask;

    /**
     * From one buffer to the next: a cache line more than its size. At a power of two the
     * beginnings of all buffers, which is where small messages are, would compete for a few sets of
     * the cache.
     */
    private final int strideBytes;

    /**
     * One slab.
     *
     * @param count buffers of a slab, a power of two
     * @param bytes of a buffer
     */
    BufferMemory(int count, int bytes) {
        this.bytes = bytes;
        this.strideBytes = bytes + CACHE_LINE_BYTES;
        this.slabShift = Integer.numberOfTrailingZeros(count);
        this.placeMask = count - 1;
        addSlab();
    }

    /** Room for as many buffers again as a slab has. */
    void addSlab() {
        slabs.add(Slab.allocate((long) (placeMask + 1) * strideBytes));
    }

    /** The slab that has the buffer; its bytes are there from {@link #offset} on. */
    ByteBuffer view(int bufferId) {
        return slab(bufferId).view;
    }

    long slabAddress(int bufferId) {
        return slab(bufferId).address;
    }

    int offset(int bufferId) {
        return (bufferId & placeMask) * strideBytes;
    }

    long address(int bufferId) {
        return slabAddress(bufferId) + offset(bufferId);
    }

    void zero(int bufferId) {
        slab(bufferId).memory.asSlice(offset(bufferId), bytes).fill((byte) 0);
    }

    private Slab slab(int bufferId) {
        return slabs.get(bufferId >>> slabShift);
    }
}
