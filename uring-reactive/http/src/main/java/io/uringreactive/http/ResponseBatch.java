// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Whole responses on their way past the codec: those to the requests of one received buffer leave
 * as one. Confined to the connection's thread.
 */
final class ResponseBatch {
    /** Contents up to here are copied beside their heads: cheaper than one more piece to send. */
    private static final int COPY_MAX = 2048;

    private static final int BYTES_MIN = 512;
    private static final int BYTES_MAX = 4096;

    private final ConnectionChannel channel;
    private @Nullable ByteBuf pending;

    ResponseBatch(ConnectionChannel channel) {
        this.channel = channel;
    }

    /** Adds a response. Takes over {@code content}. */
    void add(
            ChannelHandlerContext ctx,
            HttpResponseStatus status,
            HttpHeaders headers,
            ByteBuf content) {
        HeadWriter head = HeadWriter.of(status, headers);
        int length = content.readableBytes();
        boolean copies = length <= COPY_MAX;
        ByteBuf out = pending;
        if (out == null) {
            int expected = head.length() + (copies ? length : 0);
            out = ctx.alloc().directBuffer(Math.max(BYTES_MIN, expected));
            pending = out;
        }
        head.appendTo(out);
        if (copies) {
            out.writeBytes(content, content.readerIndex(), length);
            content.release();
        }
        if (!copies || out.readableBytes() > BYTES_MAX) {
            flush(ctx);
        }
        if (!copies) {
            send(ctx, content);
        }
    }

    void flush(ChannelHandlerContext ctx) {
        ByteBuf out = pending;
        if (out != null) {
            pending = null;
            send(ctx, out);
        }
    }

    private void send(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (!channel.sendNow(bytes)) {
            var _ = ctx.writeAndFlush(bytes, ctx.voidPromise());
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
