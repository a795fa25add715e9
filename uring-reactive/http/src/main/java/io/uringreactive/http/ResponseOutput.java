// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a response go: to the codec, or past it when the response is whole and its
 * request came the short way. Confined to the connection's thread.
 */
final class ResponseOutput {
    private final Http1Connection connection;
    private final boolean direct;

    ResponseOutput(Http1Connection connection, boolean direct) {
        this.connection = connection;
        this.direct = direct;
    }

    /** The whole response. Takes over {@code content}; {@code onWritten} gets null or a failure. */
    void whole(
            HttpResponseStatus status,
            HttpHeaders headers,
            ByteBuf content,
            Consumer<@Nullable Throwable> onWritten) {
        if (direct && connection.channel().isWritable()) {
            connection.strict().respond(status, headers, content);
            onWritten.accept(null);
            return;
        }
        ChannelHandlerContext ctx = connection.context();
        ctx.writeAndFlush(
                        new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1,
                                status,
                                content,
                                headers,
                                EmptyHttpHeaders.INSTANCE))
                .addListener(result -> onWritten.accept(result.cause()));
    }

    /** Ahead of a body, and not flushed. */
    void head(HttpResponseStatus status, HttpHeaders headers) {
        ChannelHandlerContext ctx = connection.context();
        var _ =
                ctx.write(
                        new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers),
                        ctx.voidPromise());
    }

    void flush() {
        connection.context().flush();
    }

    /** Takes over {@code content}. */
    void content(ByteBuf content) {
        ChannelHandlerContext ctx = connection.context();
        var _ = ctx.writeAndFlush(new DefaultHttpContent(content), ctx.voidPromise());
    }

    /** The end of a body, with these trailers or none. */
    void end(@Nullable HttpHeaders trailers, Consumer<@Nullable Throwable> onWritten) {
        LastHttpContent end = LastHttpContent.EMPTY_LAST_CONTENT;
        if (trailers != null && !trailers.isEmpty()) {
            end = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers);
        }
        connection
                .context()
                .writeAndFlush(end)
                .addListener(result -> onWritten.accept(result.cause()));
    }
}
