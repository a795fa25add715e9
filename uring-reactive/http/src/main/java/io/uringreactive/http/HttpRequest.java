// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.uringreactive.Connection;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A request, whose head has been received and found valid. */
public interface HttpRequest {
    HttpMethod method();

    /** The request target as it was sent: {@code /a%20b?c=d}, {@code *}, or a whole URI. */
    String target();

    /** The target's path as it was sent, percent-encoded; {@code *} is itself. */
    String path();

    /** What follows the target's question mark, as it was sent; null without one. */
    @Nullable String query();

    HttpVersion version();

    HttpHeaders headers();

    /**
     * What {@link HttpRoutes} matched for {@code {name}} in its template, percent-decoded.
     *
     * @throws IllegalArgumentException when the template has no such name
     */
    String pathParameter(String name);

    /**
     * The request's content.
     *
     * <p>Emits: buffers in order, without any framing; completes at once for a request without
     * content. Demand: the socket is read only while something is requested; the first request
     * answers {@code Expect: 100-continue}. Cancellation: what is left is dropped after the
     * response, or the connection is closed then. Errors: {@link AbortedException} when the client
     * leaves; {@link RequestRejected} when what it sends breaks a rule or a limit; {@link
     * IllegalStateException} for a second subscriber; {@link IllegalArgumentException} for a
     * request below 1. Buffers: each is the subscriber's, which releases it; it may hold memory
     * that a ring shares among its connections. Thread: the connection's.
     */
    Flux<ByteBuf> body();

    /** The trailers of a chunked body, once {@link #body()} has completed; empty before. */
    HttpHeaders trailers();

    /** {@code https} or {@code http}: what the client uses, as far as is known. */
    String scheme();

    /**
     * The host that the client has asked for, with a port where it names one: what {@code Host}
     * says; null without one, as HTTP/1.0 permits.
     */
    @Nullable String authority();

    /**
     * What a proxy has cut off the path's beginning: the client's path is this and {@link #path()}.
     * It begins with a slash and ends with none; null without one.
     */
    @Nullable String pathPrefix();

    /**
     * The client's address; null when it was gone before anybody asked. This, {@link #scheme()},
     * {@link #authority()} and {@link #pathPrefix()} are what a proxy says, where {@link
     * HttpOptions#forwarded()} believes it: the address may be unresolved then, since a proxy may
     * name its client as it likes.
     */
    @Nullable InetSocketAddress remoteAddress();

    /** The server's address on this connection; null when the client was gone before. */
    @Nullable InetSocketAddress localAddress();

    /**
     * The connection, for its facts, its scheduler and its end: a {@code TlsConnection} tells of
     * its session. What is sent and received on it is HTTP's alone.
     */
    Connection connection();
}
