// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Remembers every buffer that it makes, to count those that nobody has released. */
final class TrackedAllocator extends AbstractByteBufAllocator {
    private final Queue<ByteBuf> made = new ConcurrentLinkedQueue<>();

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return remembered(
                UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity));
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return remembered(
                UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity));
    }

    private ByteBuf remembered(ByteBuf buffer) {
        made.add(buffer);
        return buffer;
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    List<ByteBuf> unreleased() {
        return made.stream().filter(buffer -> buffer.refCnt() > 0).toList();
    }

    void assertNothingLeaked() {
        assertEquals(List.of(), unreleased());
    }
}
