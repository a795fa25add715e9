// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.ResourceLeakDetector;
import io.uringreactive.http.HttpRequest;
import io.uringreactive.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.support.Netty4HeadersAdapter;
import reactor.core.publisher.Mono;

/** uring-http's response as Spring sees it. Its fields are those that are sent, without a copy. */
final class UringServerHttpResponse extends CommittingResponse
        implements ZeroCopyHttpOutputMessage {
    private final HttpRequest request;
    private final HttpResponse response;

    UringServerHttpResponse(
            HttpRequest request, HttpResponse response, NettyDataBufferFactory bufferFactory) {
        super(bufferFactory, new HttpHeaders(new Netty4HeadersAdapter(response.headers())));
        this.request = request;
        this.response = response;
    }

    @Override
    public HttpStatusCode getStatusCode() {
        HttpStatusCode status = super.getStatusCode();
        return status != null ? status : HttpStatusCode.valueOf(response.status().code());
    }

    @Override
    protected void applyStatusCode() {
        HttpStatusCode status = super.getStatusCode();
        if (status != null) {
            response.status(status.value());
        }
    }

    @Override
    protected void applyHeaders() {
        // They are the response's own.
    }

    @Override
    protected void applyCookies() {
        for (List<ResponseCookie> cookies : getCookies().values()) {
            for (ResponseCookie cookie : cookies) {
                response.headers().add(HttpHeaderNames.SET_COOKIE, cookie.toString());
            }
        }
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
        return body instanceof Mono<? extends DataBuffer> whole
                ? new WriteMono(response, whole)
                : response.send(Outgoing.byteBufs(body));
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(
            Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return response.sendAndFlush(Mono.just(Outgoing.flattened(body)));
    }

    @Override
    public Mono<Void> writeWith(Path file, long position, long count) {
        return doCommit(() -> response.sendFile(file, position, count));
    }

    /** For a leak report: what the buffer was to answer. */
    @Override
    protected void touchDataBuffer(DataBuffer buffer) {
        if (ResourceLeakDetector.getLevel().compareTo(ResourceLeakDetector.Level.ADVANCED) >= 0) {
            DataBufferUtils.touch(buffer, request);
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T getNativeResponse() {
        return (T) response;
    }
}
