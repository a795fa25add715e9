// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBuffer;
import reactor.core.publisher.Flux;

/** Spring's buffers on their way out. */
final class Outgoing {
    /**
     * The bytes of {@code buffer}, whose owner the caller becomes: Netty's own buffer, or a copy in
     * native memory of any other kind, which is released.
     */
    static ByteBuf byteBuf(DataBuffer buffer) {
        if (buffer instanceof NettyDataBuffer netty) {
            return netty.getNativeBuffer();
        }
        try {
            int length = buffer.readableByteCount();
            ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(length, length);
            try (DataBuffer.ByteBufferIterator pieces = buffer.readableByteBuffers()) {
                while (pieces.hasNext()) {
                    ByteBuffer piece = pieces.next();
                    copy.writeBytes(piece);
                }
            }
            return copy;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    static Flux<ByteBuf> byteBufs(Publisher<? extends DataBuffer> body) {
        return Flux.from(body).map(Outgoing::byteBuf);
    }

    private Outgoing() {}
}
