// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The fields of a response that are HTTP's own: framing, connection, date. */
final class ResponseHead {
    /** Characters, of at most three bytes each. */
    private static final int TEXT_ON_HEAP_MAX = ResponseBatch.COPY_MAX / 3;

    /** RFC 9110, 6.4.1: responses that have none, whatever their fields say. */
    static boolean isWithoutContent(HttpMethod method, int status) {
        return method.equals(HttpMethod.HEAD) || status == 204 || status == 304;
    }

    /**
     * Completes the head for content of {@code length} bytes, or of the length that the fields say
     * or none for -1. Returns whether the connection ends with this response.
     */
    static boolean complete(Exchange exchange, HttpHeaders headers, int status, long length) {
        HttpRequest request = exchange.request();
        boolean version10 = request.version().equals(HttpVersion.HTTP_1_0);
        boolean closeDelimited = !frame(headers, request.method(), status, length, version10);
        boolean close =
                closeDelimited
                        || !exchange.keepsAlive()
                        || headers.containsValue(
                                HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        if (close) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (version10) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        Serving serving = exchange.connection().serving();
        serving.date().set(headers);
        String server = serving.options().serverHeader();
        if (server != null && !headers.contains(HttpHeaderNames.SERVER)) {
            headers.set(HttpHeaderNames.SERVER, server);
        }
        return close;
    }

    /** Whether the client can tell where the response ends. */
    private static boolean frame(
            HttpHeaders headers, HttpMethod method, int status, long length, boolean version10) {
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        if (status == 204) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            return true;
        }
        boolean declared = headers.contains(HttpHeaderNames.CONTENT_LENGTH);
        if (isWithoutContent(method, status)) {
            // What GET would say, if the handler knows: RFC 9110, 8.6.
            if (!declared && length > 0) {
                headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
            }
            return true;
        }
        if (length >= 0) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        } else if (!declared && !version10) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return length >= 0 || declared || !version10;
    }

    /** Of a response with {@code length} bytes of text, behind which the connection ends. */
    static HttpHeaders closing(Serving serving, int length) {
        HttpHeaders headers = new DefaultHttpHeaders();
        serving.date().set(headers);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (length > 0) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
        }
        return headers;
    }

    /** Of a whole response: what is short is copied behind its head, from the heap as well. */
    static ByteBuf text(String text) {
        return text.length() <= TEXT_ON_HEAP_MAX
                ? Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8))
                : utf8(text);
    }

    static ByteBuf utf8(String text) {
        return ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, text);
    }

    private ResponseHead() {}
}
