// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.uringreactive.http.HttpRequest;
import io.uringreactive.tls.TlsConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/** uring-http's request as Spring sees it. Nothing of it is looked at before it is asked for. */
final class UringServerHttpRequest extends AbstractServerHttpRequest {
    /** What the superclass holds in place of the URI, which is made here and on demand. */
    private static final URI NONE = URI.create("/");

    private static final AtomicLong REQUESTS = new AtomicLong();

    private final HttpRequest request;
    private final NettyDataBufferFactory bufferFactory;
    private final RequestUri uri;
    private @Nullable RequestPath path;

    /**
     * @throws URISyntaxException when Java cannot express the request's URI
     */
    UringServerHttpRequest(HttpRequest request, NettyDataBufferFactory bufferFactory)
            throws URISyntaxException {
        super(
                HttpMethod.valueOf(request.method().name()),
                NONE,
                null, // the context path, which getPath knows
                new HttpHeaders(new Netty4HeadersAdapter(request.headers())));
        this.request = request;
        this.bufferFactory = bufferFactory;
        this.uri = new RequestUri(request);
    }

    @Override
    public URI getURI() {
        return uri.uri();
    }

    @Override
    public RequestPath getPath() {
        RequestPath parsed = path;
        if (parsed == null) {
            parsed = RequestPath.parse(uri.path(), request.pathPrefix());
            path = parsed;
        }
        return parsed;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return new RequestBodyFlux(request.body(), bufferFactory);
    }

    @Override
    public @Nullable InetSocketAddress getLocalAddress() {
        return request.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
        return request.remoteAddress();
    }

    /** The connection's, and a number of its own: Spring logs it with all that it says. */
    @Override
    protected String initId() {
        return Integer.toHexString(System.identityHashCode(request.connection()))
                + '-'
                + REQUESTS.incrementAndGet();
    }

    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
        MultiValueMap<String, HttpCookie> cookies = new LinkedMultiValueMap<>();
        for (String field : request.headers().getAll(HttpHeaderNames.COOKIE)) {
            for (Cookie cookie : ServerCookieDecoder.STRICT.decodeAll(field)) {
                cookies.add(cookie.name(), new HttpCookie(cookie.name(), cookie.value()));
            }
        }
        return cookies;
    }

    @Override
    protected @Nullable SslInfo initSslInfo() {
        return request.connection() instanceof TlsConnection tls ? TlsFacts.of(tls) : null;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T getNativeRequest() {
        return (T) request;
    }
}
