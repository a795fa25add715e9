// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/**
 * Buffers for Spring's encoders. Small ones are the heap's: uring-http copies what is small beside
 * the response's head, so native memory of its own wins it nothing. Encoders that do not know their
 * length begin with 1 KiB or more, which is native.
 */
final class ResponseBuffers extends NettyDataBufferFactory {
    private static final int HEAP_BYTES_MAX = 512;

    ResponseBuffers(ByteBufAllocator allocator) {
        super(allocator);
    }

    @Override
    public NettyDataBuffer allocateBuffer(int bytes) {
        return bytes <= HEAP_BYTES_MAX ? wrap(Unpooled.buffer(bytes)) : super.allocateBuffer(bytes);
    }
}
