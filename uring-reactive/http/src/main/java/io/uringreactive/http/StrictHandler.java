// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the decoder: lets through what {@link WireCheck} finds in order, one request at a
 * time. What is wrong goes on as an {@link HttpViolation}, behind the requests before it. Bytes
 * after the request that is being answered wait here, undecoded.
 *
 * <p>What {@link HeadReader} takes goes past check and decoder, and its response past the encoder.
 *
 * <p>Nothing that waits for the client or for a handler keeps a received buffer: those are the
 * ring's, which all its connections share, so it is copied.
 */
final class StrictHandler extends ChannelDuplexHandler {
    private static final ByteBuf CONTINUE =
            Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer()
                            .writeBytes("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII))
                            .asReadOnly());

    private final WireCheck check;
    private final HeadReader reader;
    private final ResponseBatch responses;
    private final Http1Connection connection;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf held;
    private boolean heldIsCopy;

    /** Whether the next request may begin. */
    private boolean open = true;

    private boolean passing;
    private boolean ended;

    StrictHandler(HttpOptions options, ConnectionChannel channel, Http1Connection connection) {
        this.check = new WireCheck(options);
        this.reader = new HeadReader(options);
        this.responses = new ResponseBatch(channel);
        this.connection = connection;
    }

    /** Whether bytes wait for {@link #next()}. */
    boolean isHolding() {
        return held != null;
    }

    boolean isInHead() {
        return check.isInHead();
    }

    /** Closes behind what was written, past the codec. */
    void closeAfterFlush() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            responses.flush(ctx);
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Writes an interim response, past the codec: it is not the response to a request. */
    void writeContinue() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            responses.flush(ctx);
            var _ = ctx.writeAndFlush(CONTINUE.duplicate(), ctx.voidPromise());
        }
    }

    /**
     * Writes the response to a request that came the short way. Those of one received buffer leave
     * together. Takes over {@code content}.
     */
    void respond(HttpResponseStatus status, HttpHeaders headers, ByteBuf content) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || !ctx.channel().isOpen()) {
            content.release();
            return;
        }
        responses.add(ctx, status, headers, content);
        if (!passing) {
            responses.flush(ctx);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        responses.flush(ctx);
        var _ = ctx.write(message, promise);
    }

    /** The request before is answered. */
    void next() {
        open = true;
        pass();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    private void end() {
        ended = true;
        release();
        responses.release();
    }

    private void release() {
        ByteBuf waiting = held;
        held = null;
        if (waiting != null) {
            waiting.release();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf before = held;
        if (ended) {
            bytes.release();
        } else if (before == null) {
            held = bytes;
            heldIsCopy = false;
            pass();
        } else {
            try {
                held = copied(ctx, before, bytes);
                heldIsCopy = true;
            } finally {
                before.release();
                bytes.release();
            }
            pass();
        }
    }

    private static ByteBuf copied(ChannelHandlerContext ctx, ByteBuf first, ByteBuf second) {
        return ctx.alloc()
                .buffer(first.readableBytes() + second.readableBytes())
                .writeBytes(first, first.readerIndex(), first.readableBytes())
                .writeBytes(second, second.readerIndex(), second.readableBytes());
    }

    private static ByteBuf copied(ChannelHandlerContext ctx, ByteBuf bytes) {
        return ctx.alloc()
                .buffer(bytes.readableBytes())
                .writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ByteBuf waiting = held;
        if (waiting != null && !heldIsCopy) {
            held = copied(ctx, waiting);
            heldIsCopy = true;
            waiting.release();
        }
        ctx.fireChannelReadComplete();
    }

    /** Not again from within: a handler that answers at once lets the loop below go on. */
    private void pass() {
        ChannelHandlerContext ctx = context;
        if (passing || ctx == null) {
            return;
        }
        passing = true;
        try {
            ByteBuf bytes = held;
            while (bytes != null && !ended && (open || !check.isBetweenRequests())) {
                open = false;
                RequestHead head = check.isBetweenRequests() ? reader.read(bytes) : null;
                if (head == null) {
                    passSome(ctx, bytes);
                } else {
                    passHead(head, bytes);
                }
                bytes = held;
            }
        } finally {
            passing = false;
            reader.forget();
            responses.flush(ctx);
        }
    }

    private void passHead(RequestHead head, ByteBuf bytes) {
        if (!bytes.isReadable()) {
            release();
        }
        connection.onRequest(head);
    }

    private void passSome(ChannelHandlerContext ctx, ByteBuf bytes) {
        connection.context();
        int length = check.check(bytes);
        HttpViolation violation = check.violation();
        if (violation == null && length == bytes.readableBytes()) {
            held = null;
            ctx.fireChannelRead(check.isInHead() ? moved(ctx, bytes) : bytes);
        } else if (length > 0 && (violation == null || !check.isInHead())) {
            // Of a head that is refused the decoder sees no more.
            ctx.fireChannelRead(bytes.readRetainedSlice(length));
        }
        if (violation != null && !ended) {
            ended = true;
            release();
            ctx.fireChannelRead(violation);
        }
    }

    private static ByteBuf moved(ChannelHandlerContext ctx, ByteBuf bytes) {
        try {
            return copied(ctx, bytes);
        } finally {
            bytes.release();
        }
    }
}
