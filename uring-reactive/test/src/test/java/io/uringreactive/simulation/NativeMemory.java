// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.UnpooledByteBufAllocator;

/** What Netty's default allocator has given out, where that is known to the byte. */
final class NativeMemory {
    /**
     * In bytes. Zero with an allocator that keeps memory for later: tests run with {@code
     * -Dio.netty.allocator.type=unpooled}, so that a leaked buffer fails the seed that leaked it.
     */
    static long inUse() {
        return ByteBufAllocator.DEFAULT instanceof UnpooledByteBufAllocator
                        && ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider known
                ? known.metric().usedDirectMemory()
                : 0;
    }

    private NativeMemory() {}
}
