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
    private final @Nullable ContentCoding coding;

    ResponseOutput(Http1Connection connection, RequestHead request) {
        this.connection = connection;
        this.direct = request.isDirect();
        this.coding = ContentCoding.of(connection.serving().options().compression(), request);
    }

    /** Whether the content of a response with that head is read by this process, to compress it. */
    boolean encodes(HttpResponseStatus status, HttpHeaders headers) {
        return coding != null && coding.isFor(status, headers);
    }

    /** Whether a whole response goes past the codec, and as it is. */
    boolean isShort() {
        return direct && coding == null && connection.channel().isWritable();
    }

    /** The whole response, where it {@link #isShort}. Takes over {@code content}. */
    void whole(HeadWriter head, ByteBuf content) {
        connection.strict().respond(head, content);
    }

    /** The whole response. Takes over {@code plain}; {@code onWritten} gets null or a failure. */
    void whole(
            HttpResponseStatus status,
            HttpHeaders headers,
            ByteBuf plain,
            Consumer<@Nullable Throwable> onWritten) {
        ByteBuf content = coding == null ? plain : coding.whole(status, headers, plain);
        if (direct && connection.channel().isWritable()) {
            connection.strict().respond(HeadWriter.of(status, headers), content);
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
        if (coding != null) {
            coding.head(status, headers);
        }
        ChannelHandlerContext ctx = connection.context();
        var _ =
                ctx.write(
                        new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers),
                        ctx.voidPromise());
    }

    void flush() {
        connection.context().flush();
    }

    /** Takes over {@code plain}. */
    void content(ByteBuf plain) {
        ByteBuf content = coding == null ? plain : coding.content(plain);
        ChannelHandlerContext ctx = connection.context();
        var _ = ctx.writeAndFlush(new DefaultHttpContent(content), ctx.voidPromise());
    }

    /** The end of a body, with these trailers or none. */
    void end(@Nullable HttpHeaders trailers, Consumer<@Nullable Throwable> onWritten) {
        LastHttpContent end = LastHttpContent.EMPTY_LAST_CONTENT;
        ByteBuf rest = coding == null ? Unpooled.EMPTY_BUFFER : coding.end();
        if (trailers != null && !trailers.isEmpty()) {
            end = new DefaultLastHttpContent(rest, trailers);
        } else if (rest.isReadable()) {
            end = new DefaultLastHttpContent(rest);
        }
        connection
                .context()
                .writeAndFlush(end)
                .addListener(result -> onWritten.accept(result.cause()));
    }

    /** Nothing more is written. */
    void abandon() {
        if (coding != null) {
            coding.abandon();
        }
    }
}
