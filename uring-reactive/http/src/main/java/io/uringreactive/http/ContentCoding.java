// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compresses one response, where its server does that, its client accepts it and it fits: see
 * {@link HttpCompression}. Confined to the connection's thread.
 */
final class ContentCoding {
    private static final String GZIP = "gzip";

    /** Those without content of their own, or with a part of it. */
    private static final Set<Integer> LEFT_ALONE = Set.of(204, 206, 304);

    private final HttpCompression rules;
    private final RequestHead request;
    private @Nullable GzipStream stream;

    private ContentCoding(HttpCompression rules, RequestHead request) {
        this.rules = rules;
        this.request = request;
    }

    /** Null where the server compresses nothing. */
    static @Nullable ContentCoding of(@Nullable HttpCompression rules, RequestHead request) {
        return rules == null ? null : new ContentCoding(rules, request);
    }

    /** What is to be sent of a whole response. Takes over {@code content}, changes the fields. */
    ByteBuf whole(HttpResponseStatus status, HttpHeaders headers, ByteBuf content) {
        if (!begin(status, headers)) {
            return content;
        }
        ByteBuf coded = new GzipStream().end(content);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, coded.readableBytes());
        return coded;
    }

    /** Whether a response with that head would be compressed. */
    boolean isFor(HttpResponseStatus status, HttpHeaders headers) {
        return fits(status, headers) && isAccepted();
    }

    /** Before the head of a response whose body follows. Changes the fields. */
    void head(HttpResponseStatus status, HttpHeaders headers) {
        if (begin(status, headers)) {
            stream = new GzipStream();
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
    }

    /** What is to be sent for {@code content}, which it takes over. */
    ByteBuf content(ByteBuf content) {
        GzipStream current = stream;
        return current == null ? content : current.add(content);
    }

    /** What is to be sent behind the last content; maybe nothing. */
    ByteBuf end() {
        GzipStream current = stream;
        stream = null;
        return current == null ? Unpooled.EMPTY_BUFFER : current.end(Unpooled.EMPTY_BUFFER);
    }

    /** No more is sent. */
    void abandon() {
        GzipStream current = stream;
        if (current != null) {
            stream = null;
            current.close();
        }
    }

    /** Whether the content is to be compressed; the fields say so then. */
    private boolean begin(HttpResponseStatus status, HttpHeaders headers) {
        if (!fits(status, headers)) {
            return false;
        }
        if (!headers.containsValue(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING, true)) {
            headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
        }
        if (!isAccepted()) {
            return false;
        }
        weaken(headers);
        if (request.method().equals(HttpMethod.HEAD)) {
            // GET's would be compressed, and how long it is then nobody knows: RFC 9110, 8.6.
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            return false;
        }
        headers.set(HttpHeaderNames.CONTENT_ENCODING, GZIP);
        return true;
    }

    private boolean fits(HttpResponseStatus status, HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return !LEFT_ALONE.contains(status.code())
                && request.version().equals(HttpVersion.HTTP_1_1)
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING)
                && !headers.contains(HttpHeaderNames.CONTENT_RANGE)
                && !headers.containsValue(HttpHeaderNames.CACHE_CONTROL, "no-transform", true)
                && (length == null || Long.parseLong(length) >= Math.max(rules.bytesMin(), 1))
                && rules.takes(headers.get(HttpHeaderNames.CONTENT_TYPE));
    }

    private boolean isAccepted() {
        HttpHeaders asked = request.headers();
        return AcceptEncoding.takesGzip(asked.getAll(HttpHeaderNames.ACCEPT_ENCODING))
                && !rules.excludes(asked.get(HttpHeaderNames.USER_AGENT));
    }

    /** A strong validator would promise the same bytes with and without the coding. */
    private static void weaken(HttpHeaders headers) {
        String tag = headers.get(HttpHeaderNames.ETAG);
        if (tag != null && !tag.startsWith("W/")) {
            headers.set(HttpHeaderNames.ETAG, "W/" + tag);
        }
    }
}
