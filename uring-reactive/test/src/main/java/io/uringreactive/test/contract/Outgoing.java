// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongToIntFunction;
import reactor.core.publisher.Flux;

/**
 * Buffers to be sent, on the heap and outside it in turn, and not pooled: what was released stays
 * so.
 */
final class Outgoing {
    private final Queue<ByteBuf> made = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    ByteBuf of(byte[] content) {
        ByteBuf buffer =
                bytes.getAndAdd(content.length) % 2 == 0
                        ? Unpooled.wrappedBuffer(content)
                        : Unpooled.directBuffer(content.length).writeBytes(content);
        if (buffer.refCnt() > 0 && content.length > 0) {
            // An empty one is a constant that has no count.
            made.add(buffer);
        }
        return buffer;
    }

    ByteBuf text(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first {@code total} bytes of {@link Sequence}, {@code piece} of them at a time. */
    Flux<ByteBuf> sequence(long total, int piece) {
        return sequence(total, at -> piece);
    }

    /** As above, with the size of the piece that stands at each place. */
    Flux<ByteBuf> sequence(long total, LongToIntFunction piece) {
        return Flux.generate(
                () -> 0L,
                (at, sink) -> {
                    if (at >= total) {
                        sink.complete();
                        return at;
                    }
                    int length = (int) Math.min(piece.applyAsInt(at), total - at);
                    sink.next(of(Sequence.bytes(at, length)));
                    return at + length;
                });
    }

    /** How many bytes have been made into buffers. */
    long bytes() {
        return bytes.get();
    }

    int count() {
        return made.size();
    }

    /** What is not released, in words; empty for nothing. */
    String unreleased() {
        long left = made.stream().filter(buffer -> buffer.refCnt() != 0).count();
        return left == 0 ? "" : left + " of " + made.size() + " sent buffers are not released";
    }
}
