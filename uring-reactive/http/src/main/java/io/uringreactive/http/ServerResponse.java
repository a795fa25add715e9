// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.uringreactive.tls.TlsConnection;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A response as its handler sees it, and what of it is written when. Its state is confined to the
 * connection's thread.
 *
 * <pre>
 *   OPEN --a send is subscribed--> CLAIMED --head written--> COMMITTED --last byte--> ENDED
 *     ^---failed or cancelled before---+
 * </pre>
 */
final class ServerResponse extends ResponseDraft {
    private enum Phase {
        OPEN,
        CLAIMED,
        COMMITTED,
        ENDED
    }

    private static final AtomicReferenceFieldUpdater<ServerResponse, Phase> PHASE =
            AtomicReferenceFieldUpdater.newUpdater(ServerResponse.class, Phase.class, "phase");

    private static final CharSequence PLAIN_TEXT = AsciiString.cached("text/plain; charset=utf-8");

    private final Exchange exchange;
    private final ServerRequest request;
    private final ResponseOutput output;

    /**
     * Read by any thread, written on the loop alone: that need not wait until all others see it.
     */
    private volatile Phase phase = Phase.OPEN;

    private @Nullable BodyWriter writer;
    private boolean saysClose;
    private long sentBytes;

    ServerResponse(Exchange exchange, ServerRequest request, ResponseOutput output) {
        this.exchange = exchange;
        this.request = request;
        this.output = output;
    }

    private void enter(Phase next) {
        PHASE.lazySet(this, next);
    }

    boolean isUnclaimed() {
        return phase == Phase.OPEN;
    }

    boolean isEnded() {
        return phase == Phase.ENDED;
    }

    /** Whether the head has told the client that the connection ends. */
    boolean saysClose() {
        return saysClose;
    }

    /** Bytes of content that were written. */
    long sentBytes() {
        return sentBytes;
    }

    Exchange exchange() {
        return exchange;
    }

    @Override
    public boolean isCommitted() {
        return phase == Phase.COMMITTED || phase == Phase.ENDED;
    }

    @Override
    public Mono<Void> send(Publisher<? extends ByteBuf> data) {
        return sending(data, data instanceof Mono ? BodyWriter.Mode.WHOLE : BodyWriter.Mode.STREAM);
    }

    @Override
    public Mono<Void> sendAndFlush(Publisher<? extends Publisher<? extends ByteBuf>> data) {
        // No inner publisher is taken ahead of its turn: one that a cancel finds waiting would not
        // be subscribed, and what it holds not be released.
        return sending(Flux.from(data).concatMap(inner -> inner, 0), BodyWriter.Mode.EAGER);
    }

    @Override
    public Mono<Void> sendText(String text) {
        return new BodyMono(
                this,
                Mono.fromSupplier(() -> ResponseHead.text(text)),
                BodyWriter.Mode.WHOLE,
                PLAIN_TEXT);
    }

    @Override
    public Mono<Void> sse(Publisher<ServerSentEvent> events) {
        return Mono.defer(
                () -> {
                    setDefault(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
                    setDefault(HttpHeaderNames.CACHE_CONTROL, "no-cache");
                    return sending(
                            Flux.from(events).map(event -> ResponseHead.utf8(event.text())),
                            BodyWriter.Mode.EAGER);
                });
    }

    @Override
    public Mono<Void> sendFile(Path file, long position, long count) {
        return FileBody.send(this, file, position, count);
    }

    @Override
    public Mono<Void> sendFile(Path file) {
        return FileBody.sendWhole(request, this, file);
    }

    /** As if nothing had been set: for the answer to a handler's failure. */
    void reset(int code) {
        BodyWriter unfinished = writer;
        if (unfinished != null) {
            unfinished.cancel();
        }
        beginAnew(HttpResponseStatus.valueOf(code));
    }

    private Mono<Void> sending(Publisher<? extends ByteBuf> data, BodyWriter.Mode mode) {
        return new BodyMono(this, data, mode, null);
    }

    /** Whether {@code body} may write; no other one may until it ends. */
    boolean claim(BodyWriter body) {
        if (phase != Phase.OPEN || exchange.isOver()) {
            return false;
        }
        enter(Phase.CLAIMED);
        writer = body;
        return true;
    }

    /** {@code body} has ended without writing anything. */
    void unclaim(BodyWriter body) {
        if (phase == Phase.CLAIMED && writer == body) {
            enter(Phase.OPEN);
            writer = null;
        }
    }

    void onWritable() {
        BodyWriter body = writer;
        if (body != null) {
            body.onWritable();
        }
    }

    void fail(AbortedException reason) {
        BodyWriter unfinished = writer;
        if (unfinished != null && phase != Phase.ENDED) {
            unfinished.onAborted(reason);
        }
        output.abandon();
    }

    /** Whether what is sent is not read by this process: neither encrypted nor encoded. */
    boolean sendsMemoryAsItIs() {
        return !output.encodes(status(), headers())
                && !(request.connection() instanceof TlsConnection);
    }

    boolean isWithoutContent() {
        return ResponseHead.isWithoutContent(request.method(), status().code());
    }

    /** The whole response in one write. Takes over {@code content}. */
    void writeWhole(ByteBuf whole, BodyWriter body) {
        ByteBuf content = whole;
        if (status().equals(HttpResponseStatus.RESET_CONTENT)) {
            whole.release(); // RFC 9110, 15.3.6: no content, and it is said so
            content = Unpooled.EMPTY_BUFFER;
        }
        int length = content.readableBytes();
        if (output.isShort() && !isWithoutContent() && HeadWriter.takes(headersIfAny())) {
            sentBytes = length;
            saysClose = !exchange.keepsAlive();
            enter(Phase.COMMITTED);
            output.whole(HeadWriter.of(exchange, this, length), content);
            onWritten(body, null);
            return;
        }
        ByteBuf sent = isWithoutContent() ? content.slice(content.readerIndex(), 0) : content;
        sentBytes = sent.readableBytes();
        saysClose = ResponseHead.complete(exchange, headers(), status().code(), length);
        enter(Phase.COMMITTED);
        output.whole(status(), headers(), sent, failure -> onWritten(body, failure));
    }

    /** The head of a response whose body follows, of the length that is set or of none. */
    void writeHead() {
        saysClose = ResponseHead.complete(exchange, headers(), status().code(), -1);
        enter(Phase.COMMITTED);
        output.head(status(), headers());
    }

    void flush() {
        output.flush();
    }

    /** Takes over {@code content}. */
    void writeContent(ByteBuf content) {
        sentBytes += content.readableBytes();
        output.content(content);
    }

    void writeEnd(BodyWriter body) {
        output.end(trailersIfAny(), failure -> onWritten(body, failure));
    }

    private void onWritten(BodyWriter body, @Nullable Throwable failure) {
        if (failure != null) {
            exchange.breakOff(new AbortedException("the response was not sent", failure));
            return;
        }
        enter(Phase.ENDED);
        body.onEnded();
        exchange.onResponseEnd();
    }
}
