// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.frame.Frames;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Sends as many bytes as the first line asks for, and ends. They repeat after 64 KiB and lie in
 * memory ready to send: what is measured is the way out.
 */
final class Streaming {
    static final int PATTERN_BYTES = 1 << 16;

    private static final int LINE_BYTES_MAX = 20;
    private static final ByteBuf PATTERN = Unpooled.unreleasableBuffer(pattern());

    static Publisher<Void> handle(Connection conn) {
        return conn.send(
                conn.receive()
                        .transform(Frames.lines(US_ASCII, LINE_BYTES_MAX))
                        .take(1)
                        .concatMap(line -> bytes(Long.parseLong(line.strip()))));
    }

    /** So many of them, 64 KiB at a time, for the receiver to release. */
    static Flux<ByteBuf> bytes(long count) {
        return Flux.generate(
                () -> count,
                (left, sink) -> {
                    if (left <= 0) {
                        sink.complete();
                        return left;
                    }
                    int piece = (int) Math.min(PATTERN_BYTES, left);
                    sink.next(PATTERN.slice(0, piece));
                    return left - piece;
                });
    }

    private static ByteBuf pattern() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(PATTERN_BYTES);
        for (int i = 0; i < PATTERN_BYTES; i++) {
            bytes.put(i, (byte) (i * 31 + (i >> 8)));
        }
        return Unpooled.wrappedBuffer(bytes);
    }

    private Streaming() {}
}
