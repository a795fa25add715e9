// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;

/**
 * Puts buffers under Netty's leak detector, as its own allocators do. That hook is open to
 * subclasses of the allocator only, which is all that this class is one for. Confined to the loop.
 *
 * <p>At the level SIMPLE the detector samples one buffer of 128, and a sample costs a stack trace:
 * a quarter of what a small message cost us. One of 1,024 is enough here, where each message is a
 * buffer: a leak is noticed within a second of traffic. Above SIMPLE every buffer is offered.
 */
final class LeakAware extends AbstractByteBufAllocator {
    private static final int OFFERED_OF = 8;

    private int untilOffered;

    ByteBuf watch(ByteBuf buffer) {
        if (ResourceLeakDetector.getLevel() == ResourceLeakDetector.Level.SIMPLE) {
            if (untilOffered > 0) {
                untilOffered--;
                return buffer;
            }
            untilOffered = OFFERED_OF - 1;
        }
        return toLeakAwareBuffer(buffer);
    }

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
