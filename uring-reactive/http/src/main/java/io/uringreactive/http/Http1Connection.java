// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * One HTTP/1.1 connection: one {@link Exchange} after the other. The last handler of its pipeline;
 * confined to the connection's thread.
 *
 * <p>It reads while it waits for a request, while somebody wants more of a body, and, one buffer
 * ahead, while a response is on its way: only who reads learns that the client has left.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter {
    private final Serving serving;
    private final ConnectionChannel channel;
    private final StrictHandler strict;
    private final Watch inputWatch;
    private final Pace bodyPace;
    private long bodyBytes;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private int requests;

    /** Whether the codec is in the pipeline: many connections do without. */
    private boolean coded;

    private boolean draining;

    /** Whether the watch runs for a head, which gets no second limit. */
    private boolean inHeadTime;

    /** Nothing more is read, and the channel is closed or about to be. */
    private boolean closing;

    Http1Connection(Serving serving, ConnectionChannel channel) {
        this.serving = serving;
        this.channel = channel;
        this.strict = new StrictHandler(serving.options(), channel, this);
        Scheduler scheduler = channel.connection().scheduler();
        this.inputWatch = new Watch(scheduler, this::onTooSlow);
        HttpOptions limits = serving.options();
        this.bodyPace =
                new Pace(scheduler, limits.bodyTimeout(), limits, () -> bodyBytes, this::onTooSlow);
    }

    Serving serving() {
        return serving;
    }

    ConnectionChannel channel() {
        return channel;
    }

    StrictHandler strict() {
        return strict;
    }

    /** With the codec before it in the pipeline. */
    ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        if (!coded) {
            coded = true;
            channel.pipeline().addBefore(ctx.name(), null, serving.newCodec());
        }
        return ctx;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (serving.admits()) {
            go();
        } else {
            answer(HttpResponseStatus.SERVICE_UNAVAILABLE, "");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone("the connection was closed", null);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpViolation violation) {
            onViolation(violation);
        } else if (((HttpObject) message).decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            onViolation(HttpViolation.UNREADABLE);
        } else {
            if (message instanceof io.netty.handler.codec.http.HttpRequest head) {
                begin(new RequestHead.Decoded(head)).start();
            }
            if (message instanceof HttpContent content) {
                onContent(content);
            }
        }
    }

    /** A request without a body, which came the short way. */
    void onRequest(RequestHead head) {
        if (!closing) {
            begin(head).onRequestEnd(EmptyHttpHeaders.INSTANCE);
        }
    }

    private Exchange begin(RequestHead head) {
        requests++;
        inputWatch.stop();
        boolean last = draining || requests >= serving.options().requestsMax();
        Exchange begun = new Exchange(this, head, last);
        exchange = begun;
        return begun;
    }

    private void onContent(HttpContent content) {
        Exchange current = exchange;
        if (current == null) {
            content.release();
            return;
        }
        ByteBuf bytes = content.content();
        if (bytes.isReadable()) {
            bodyBytes += bytes.readableBytes();
            current.body().onContent(bytes);
        } else {
            content.release();
        }
        if (content instanceof LastHttpContent last) {
            current.onRequestEnd(last.trailingHeaders());
        }
    }

    private void onViolation(HttpViolation violation) {
        Exchange current = exchange;
        if (current == null) {
            answer(HttpResponseStatus.valueOf(violation.status()), violation.toString());
        } else {
            current.onViolation(violation);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        go();
    }

    /** Reads on if somebody wants it, and watches how long that takes. */
    void go() {
        if (closing) {
            return;
        }
        Exchange current = exchange;
        boolean wantsBody = current != null && current.body().wantsMore();
        if (wantsBody) {
            bodyPace.await();
        } else if (current != null) {
            bodyPace.pause();
        } else if (!strict.isInHead()) {
            inputWatch.start(serving.options().idleTimeout());
        } else if (!inHeadTime) {
            inputWatch.start(serving.options().headerTimeout());
        }
        inHeadTime = current == null && strict.isInHead();
        // Last: what is here already comes from within, and this goes on from there.
        if (!strict.isHolding() && (current == null || current.isRequestEnded() || wantsBody)) {
            channel.receiveMore();
        }
    }

    private void onTooSlow() {
        Exchange current = exchange;
        if (current != null) {
            current.onViolation(HttpViolation.TOO_SLOW);
        } else if (strict.isInHead()) {
            onViolation(HttpViolation.TOO_SLOW);
        } else {
            close();
        }
    }

    /** The exchange is over. */
    void onExchangeEnd(boolean keepsAlive, boolean hadBody) {
        exchange = null;
        if (hadBody) {
            bodyPace.reset();
        }
        if (closing) {
            return;
        }
        if (keepsAlive && !draining) {
            strict.next();
            go();
        } else {
            close();
        }
    }

    /** Answers what never became an exchange, and closes. */
    private void answer(HttpResponseStatus status, String text) {
        serving.log().onRefused(channel.connection(), status, text);
        strict.refuse(serving, status, text);
        close();
    }

    /** Closes behind everything that was written. */
    void close() {
        if (!closing) {
            closing = true;
            endWatches();
            strict.closeAfterFlush();
        }
    }

    /** Closes so that the client sees that something is missing. */
    void abort() {
        closing = true;
        endWatches();
        channel.abort();
    }

    private void endWatches() {
        inputWatch.end();
        bodyPace.end();
    }

    /** The server stops: idle connections go at once, others after their response. */
    void drain() {
        draining = true;
        Exchange current = exchange;
        if (current != null) {
            current.doNotKeepAlive();
        } else if (!strict.isInHead()) {
            close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Exchange current = exchange;
        if (current != null && channel.isWritable()) {
            current.response().onWritable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event.equals(ChannelInput.ENDED)) {
            // A client that is done with sending only, and still waits, is not told from one that
            // is gone: as with other servers, the response ends with the request's stream.
            gone("connection reset by peer: the client has left", null);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        serving.log().onConnectionFailure(channel.connection(), cause);
        gone("connection reset by peer", cause);
    }

    private void gone(String message, @Nullable Throwable cause) {
        endWatches();
        Exchange current = exchange;
        boolean orderly = cause == null && (current == null || current.isResponseEnded());
        exchange = null;
        if (current != null) {
            closing = true;
            current.abort(new AbortedException(message, cause));
        }
        if (orderly && channel.isOpen()) {
            closing = false;
            close();
        } else if (channel.isOpen()) {
            abort();
        }
    }
}
