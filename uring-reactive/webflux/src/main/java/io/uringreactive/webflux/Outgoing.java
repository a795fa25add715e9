// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBuffer;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Spring's buffers on their way out. */
final class Outgoing {
    private static final int GROUPS_AHEAD = 32;

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

    /**
     * What {@code groups} emit, in order. A few are taken ahead, so that a source which does not
     * wait for demand, such as an interval, outlives a short stall of the client.
     */
    static Flux<ByteBuf> flattened(Publisher<? extends Publisher<? extends DataBuffer>> groups) {
        return Flux.from(groups)
                .map(Group::new)
                .concatMap(group -> byteBufs(group.buffers()), GROUPS_AHEAD)
                .doOnDiscard(Group.class, Group::discard);
    }

    /** Buffers that somebody wants to have flushed together. */
    private record Group(Publisher<? extends DataBuffer> buffers) {
        /** One whose turn does not come: it may hold buffers, and only a subscriber can tell it. */
        void discard() {
            Flux.from(buffers)
                    .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                    .subscribe(
                            new BaseSubscriber<DataBuffer>() {
                                @Override
                                protected void hookOnSubscribe(Subscription subscription) {
                                    cancel();
                                }
                            });
        }
    }

    private Outgoing() {}
}
