// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the head of a response into bytes, as the codec does. On the heap, where writing byte by
 * byte is cheap, and from there at one go. One per thread.
 */
final class HeadWriter {
    private static final FastThreadLocal<HeadWriter> OF_THREAD =
            new FastThreadLocal<>() {
                @Override
                protected HeadWriter initialValue() {
                    return new HeadWriter();
                }
            };

    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(US_ASCII);
    private static final byte[] OK = "HTTP/1.1 200 OK\r\n".getBytes(US_ASCII);

    private static final byte[] CONTENT_TYPE = "content-type: ".getBytes(US_ASCII);
    private static final byte[] CONTENT_LENGTH = "content-length: ".getBytes(US_ASCII);
    private static final byte[] DATE = "date: ".getBytes(US_ASCII);
    private static final byte[] SERVER = "server: ".getBytes(US_ASCII);
    private static final byte[] CLOSE = "connection: close\r\n".getBytes(US_ASCII);
    private static final byte[] KEEP_ALIVE = "connection: keep-alive\r\n".getBytes(US_ASCII);

    private byte[] bytes = new byte[1024];
    private int length;

    /** This thread's, with the head of a response in it. */
    static HeadWriter of(HttpResponseStatus status, HttpHeaders headers) {
        HeadWriter writer = OF_THREAD.get();
        writer.begin(status);
        writer.append(headers, true);
        writer.endLine();
        return writer;
    }

    /** Whether {@link #of(Exchange, ResponseDraft, int)} does what is to be done with them. */
    static boolean takes(@Nullable HttpHeaders headers) {
        return headers == null || !headers.contains(HttpHeaderNames.CONNECTION);
    }

    /**
     * This thread's, with the head of a response that has {@code length} bytes of content: what
     * {@link ResponseHead#complete} would make of it, without the way through a map.
     */
    static HeadWriter of(Exchange exchange, ResponseDraft draft, int length) {
        HeadWriter writer = OF_THREAD.get();
        HttpHeaders headers = draft.headersIfAny();
        CharSequence type = draft.plainType();
        writer.begin(draft.status());
        if (headers != null) {
            writer.append(headers, false);
        } else if (type != null) {
            writer.append(CONTENT_TYPE, type);
        }
        writer.append(CONTENT_LENGTH);
        writer.append(length);
        writer.endLine();
        if (!exchange.keepsAlive()) {
            writer.append(CLOSE);
        } else if (exchange.request().version().equals(HttpVersion.HTTP_1_0)) {
            writer.append(KEEP_ALIVE);
        }
        Serving serving = exchange.connection().serving();
        if (headers == null || !headers.contains(HttpHeaderNames.DATE)) {
            writer.append(DATE, serving.date().text());
        }
        String server = serving.options().serverHeader();
        if (server != null && (headers == null || !headers.contains(HttpHeaderNames.SERVER))) {
            writer.append(SERVER, server);
        }
        writer.endLine();
        return writer;
    }

    /** With or without those that say how the content is framed. */
    private void append(HttpHeaders headers, boolean framing) {
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            if (framing || !isFraming(field.getKey())) {
                append(field);
            }
        }
    }

    private static boolean isFraming(CharSequence name) {
        return HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
                || HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name);
    }

    int length() {
        return length;
    }

    /** Puts the readable bytes of {@code content} behind the head. */
    void add(ByteBuf content) {
        int count = content.readableBytes();
        ensure(count);
        content.getBytes(content.readerIndex(), bytes, length, count);
        length += count;
    }

    void appendTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }

    @SuppressWarnings("ReferenceEquality") // an equal one may have another reason phrase
    private void begin(HttpResponseStatus status) {
        length = 0;
        if (status == HttpResponseStatus.OK) {
            append(OK);
        } else {
            append(VERSION);
            append(status.codeAsText());
            append(' ');
            append(status.reasonPhrase());
            endLine();
        }
    }

    private void append(Map.Entry<CharSequence, CharSequence> field) {
        append(field.getKey());
        append(':');
        append(' ');
        append(field.getValue());
        endLine();
    }

    private void append(byte[] name, CharSequence value) {
        append(name);
        append(value);
        endLine();
    }

    private void append(byte[] text) {
        append(text, 0, text.length);
    }

    private void append(byte[] text, int from, int count) {
        ensure(count);
        System.arraycopy(text, from, bytes, length, count);
        length += count;
    }

    private void append(int number) {
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        ensure(digits);
        length += digits;
        int at = length;
        int rest = number;
        do {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    private void append(CharSequence text) {
        if (text instanceof AsciiString ascii) {
            append(ascii.array(), ascii.arrayOffset(), ascii.length());
            return;
        }
        int count = text.length();
        ensure(count);
        byte[] to = bytes;
        int at = length;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            to[at + i] = (byte) (c > 0xff ? '?' : c);
        }
        length = at + count;
    }

    private void append(char c) {
        ensure(1);
        bytes[length++] = (byte) c;
    }

    private void endLine() {
        append('\r');
        append('\n');
    }

    private void ensure(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
