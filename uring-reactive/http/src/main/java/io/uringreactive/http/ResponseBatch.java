// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Whole responses on their way past the codec: those to the requests of one received buffer leave
 * as one. Confined to the connection's thread.
 */
final class ResponseBatch {
    /** Contents up to here are copied beside their heads: cheaper than one more piece to send. */
    static final int COPY_MAX = 2048;

    private static final int BYTES_MIN = 512;
    private static final int BYTES_MAX = 4096;

    private final ConnectionChannel channel;
    private @Nullable ByteBuf pending;

    ResponseBatch(ConnectionChannel channel) {
        this.channel = channel;
    }

    /** Adds a response. Takes over {@code content}. */
    void add(HeadWriter head, ByteBuf content) {
        boolean copies = content.readableBytes() <= COPY_MAX;
        if (copies) {
            head.add(content);
            content.release();
        }
        ByteBuf out = pending;
        if (out == null) {
            out = ByteBufAllocator.DEFAULT.directBuffer(Math.max(BYTES_MIN, head.length()));
            pending = out;
        }
        head.appendTo(out);
        if (!copies || out.readableBytes() > BYTES_MAX) {
            flush();
        }
        if (!copies) {
            channel.send(content);
        }
    }

    void flush() {
        ByteBuf out = pending;
        if (out != null) {
            pending = null;
            channel.send(out);
        }
    }

    void release() {
        ByteBuf out = pending;
        if (out != null) {
            pending = null;
            out.release();
        }
    }
}
