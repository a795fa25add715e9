// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;

/**
 * Puts buffers under Netty's leak detector, as its own allocators do. That hook is open to
 * subclasses of the allocator only, which is all that this class is one for.
 */
final class LeakAware extends AbstractByteBufAllocator {
    static ByteBuf watch(ByteBuf buffer) {
        return toLeakAwareBuffer(buffer);
    }

    private LeakAware() {}

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        throw new UnsupportedOperationException("not an allocator");
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        throw new UnsupportedOperationException("not an allocator");
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }
}
