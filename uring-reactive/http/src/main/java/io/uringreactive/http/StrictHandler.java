// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Objects;
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
    private final HttpOptions limits;
    private final ResponseBatch responses;
    private final Http1Connection connection;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf held;
    private boolean heldIsCopy;

    /** Whether the next request may begin. */
    private boolean open = true;

    /** Where the check has got to, kept here because that is seldom needed otherwise. */
    private boolean betweenRequests = true;

    private boolean inHead;

    /** Whether the decoder has got something, and is to know when no more comes. */
    private boolean decodes;

    private boolean passing;
    private boolean ended;

    StrictHandler(HttpOptions options, ConnectionChannel channel, Http1Connection connection) {
        this.check = new WireCheck(options);
        this.limits = options;
        this.responses = new ResponseBatch(channel);
        this.connection = connection;
    }

    /** Whether bytes wait for {@link #next()}. */
    boolean isHolding() {
        return held != null;
    }

    boolean isInHead() {
        return inHead;
    }

    /** Closes behind what was written, past the codec. */
    void closeAfterFlush() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            responses.flush();
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Writes an interim response, past the codec: it is not the response to a request. */
    void writeContinue() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            responses.flush();
            var _ = ctx.writeAndFlush(CONTINUE.duplicate(), ctx.voidPromise());
        }
    }

    /**
     * Writes the response to a request that came the short way. Those of one received buffer leave
     * together. Takes over {@code content}.
     */
    void respond(HeadWriter head, ByteBuf content) {
        if (!connection.channel().isOpen()) {
            content.release();
            return;
        }
        responses.add(head, content);
        if (!passing) {
            responses.flush();
        }
    }

    /** Answers what never became an exchange, for {@link Http1Connection} to close then. */
    void refuse(Serving serving, HttpResponseStatus status, String text) {
        respond(
                HeadWriter.of(status, ResponseHead.closing(serving, text.length())),
                Unpooled.copiedBuffer(text, US_ASCII));
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        responses.flush();
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

    /** {@code bytes} have come, and no more for now. */
    void onReceived(ByteBuf bytes) {
        if (passing) {
            HeadReader.ofThread().forget(); // it may be the object that was read from before
        }
        onBytes(bytes);
        copyHeld();
        ChannelHandlerContext ctx = context;
        if (ctx != null && decodes) {
            ctx.fireChannelReadComplete();
        } else {
            connection.go();
        }
    }

    private void onBytes(ByteBuf bytes) {
        ByteBuf before = held;
        if (ended) {
            bytes.release();
        } else if (before == null) {
            held = bytes;
            heldIsCopy = false;
            pass();
        } else {
            held = null; // also where there is no memory for both
            try {
                held = copied(before, bytes);
                heldIsCopy = true;
            } finally {
                before.release();
                bytes.release();
            }
            pass();
        }
    }

    private static ByteBuf copied(ByteBuf first, ByteBuf second) {
        return ByteBufAllocator.DEFAULT
                .buffer(first.readableBytes() + second.readableBytes())
                .writeBytes(first, first.readerIndex(), first.readableBytes())
                .writeBytes(second, second.readerIndex(), second.readableBytes());
    }

    private static ByteBuf copied(ByteBuf bytes) {
        return ByteBufAllocator.DEFAULT
                .buffer(bytes.readableBytes())
                .writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    private void copyHeld() {
        ByteBuf waiting = held;
        if (waiting != null && !heldIsCopy) {
            held = copied(waiting);
            heldIsCopy = true;
            waiting.release();
        }
    }

    /** Not again from within: a handler that answers at once lets the loop below go on. */
    private void pass() {
        if (passing) {
            return;
        }
        passing = true;
        HeadReader reader = HeadReader.ofThread();
        reader.forget(); // what another connection reads, further up the stack
        try {
            ByteBuf bytes = held;
            while (bytes != null && !ended && (open || !betweenRequests)) {
                open = false;
                RequestHead head = betweenRequests ? reader.read(bytes, limits) : null;
                if (head == null) {
                    passSome(bytes);
                } else {
                    passHead(head, bytes);
                }
                bytes = held;
            }
        } finally {
            passing = false;
            reader.forget();
            responses.flush();
        }
    }

    private void passHead(RequestHead head, ByteBuf bytes) {
        if (!bytes.isReadable()) {
            release();
        }
        connection.onRequest(head);
    }

    private void passSome(ByteBuf bytes) {
        decodes = true;
        connection.context();
        ChannelHandlerContext ctx = Objects.requireNonNull(context);
        int length = check.check(bytes);
        betweenRequests = check.isBetweenRequests();
        inHead = check.isInHead();
        HttpViolation violation = check.violation();
        if (violation == null && length == bytes.readableBytes()) {
            held = null;
            ctx.fireChannelRead(inHead ? moved(bytes) : bytes);
        } else if (length > 0 && (violation == null || !inHead)) {
            // Of a head that is refused the decoder sees no more.
            ctx.fireChannelRead(bytes.readRetainedSlice(length));
        }
        if (violation != null && !ended) {
            ended = true;
            release();
            ctx.fireChannelRead(violation);
        }
    }

    private static ByteBuf moved(ByteBuf bytes) {
        try {
            return copied(bytes);
        } finally {
            bytes.release();
        }
    }
}
