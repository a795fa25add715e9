// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

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

    private byte[] bytes = new byte[1024];
    private int length;

    /** This thread's, with the head of a response in it. */
    static HeadWriter of(HttpResponseStatus status, HttpHeaders headers) {
        HeadWriter writer = OF_THREAD.get();
        writer.write(status, headers);
        return writer;
    }

    int length() {
        return length;
    }

    void appendTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }

    @SuppressWarnings("ReferenceEquality") // an equal one may have another reason phrase
    private void write(HttpResponseStatus status, HttpHeaders headers) {
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
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            append(field.getKey());
            append(':');
            append(' ');
            append(field.getValue());
            endLine();
        }
        endLine();
    }

    private void append(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    private void append(CharSequence text) {
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
