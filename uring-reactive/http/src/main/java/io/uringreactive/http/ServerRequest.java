// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.uringreactive.Connection;
import io.uringreactive.tls.TlsConnection;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A request as its handler sees it. */
final class ServerRequest implements HttpRequest {
    private final RequestHead head;
    private final RequestBody body;
    private final Connection connection;
    private final @Nullable Forwarded forwarded;
    private Map<String, String> pathParameters = Map.of();

    ServerRequest(RequestHead head, RequestBody body, Http1Connection connection) {
        this.head = head;
        this.body = body;
        this.connection = connection.channel().connection();
        this.forwarded =
                connection.serving().options().forwarded() ? Forwarded.of(head.headers()) : null;
    }

    void pathParameters(Map<String, String> value) {
        pathParameters = value;
    }

    @Override
    public HttpMethod method() {
        return head.method();
    }

    @Override
    public String target() {
        return head.target();
    }

    @Override
    public String path() {
        String target = target();
        int from = 0;
        if (target.charAt(0) != '/' && !target.equals("*")) {
            // Absolute-form, with a scheme: WireCheck lets nothing else through.
            int authority = target.indexOf("://") + 3;
            from = authority;
            while (from < target.length()
                    && target.charAt(from) != '/'
                    && target.charAt(from) != '?') {
                from++;
            }
        }
        int query = target.indexOf('?', from);
        int to = query < 0 ? target.length() : query;
        return from == to ? "/" : target.substring(from, to);
    }

    @Override
    public @Nullable String query() {
        int mark = target().indexOf('?');
        return mark < 0 ? null : target().substring(mark + 1);
    }

    @Override
    public HttpVersion version() {
        return head.version();
    }

    @Override
    public HttpHeaders headers() {
        return head.headers();
    }

    @Override
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no parameter called " + name);
        }
        return value;
    }

    @Override
    public Flux<ByteBuf> body() {
        return body.isExpected() ? body : Flux.empty();
    }

    @Override
    public HttpHeaders trailers() {
        return body.trailers();
    }

    @Override
    public String scheme() {
        String told = forwarded == null ? null : forwarded.scheme();
        if (told != null) {
            return told;
        }
        return connection instanceof TlsConnection ? "https" : "http";
    }

    @Override
    public @Nullable String authority() {
        String told = forwarded == null ? null : forwarded.authority();
        return told == null ? head.headers().get(HttpHeaderNames.HOST) : told;
    }

    @Override
    public @Nullable String pathPrefix() {
        return forwarded == null ? null : forwarded.pathPrefix();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        InetSocketAddress connected = connection.remoteAddress();
        return forwarded == null ? connected : forwarded.remoteAddress(connected);
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return connection.localAddress();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public String toString() {
        return method() + " " + target();
    }
}
