// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The short way for what nearly all requests are: without a body, the whole head in one received
 * buffer. It takes less than {@link WireCheck} allows, and refuses nothing: what it does not take
 * goes the long way, through the check and the decoder, which decide.
 *
 * <p>Reads a copy on the heap, where bytes are cheaper to look at, of all the requests that a
 * buffer begins with. One per thread: it is in the cache for every connection.
 */
final class HeadReader {
    /** Bytes of a buffer that are looked at at a time. */
    static final int COPY_MAX = 4096;

    private static final FastThreadLocal<HeadReader> OF_THREAD =
            new FastThreadLocal<>() {
                @Override
                protected HeadReader initialValue() {
                    return new HeadReader();
                }
            };

    private static final int NONE = -1;
    private static final byte[] NOTHING = {};
    private static final byte[] VERSION_1_1 = "HTTP/1.1\r\n".getBytes(US_ASCII);
    private static final byte[] VERSION_1_0 = "HTTP/1.0\r\n".getBytes(US_ASCII);
    private static final byte[] KEEP_ALIVE = "keep-alive".getBytes(US_ASCII);
    private static final byte[] CLOSE = "close".getBytes(US_ASCII);

    /** HEAD and CONNECT are not among them: their responses are framed in other ways. */
    private static final HttpMethod[] METHODS = {
        HttpMethod.GET,
        HttpMethod.POST,
        HttpMethod.PUT,
        HttpMethod.DELETE,
        HttpMethod.PATCH,
        HttpMethod.OPTIONS
    };

    private static final byte[][] METHOD_NAMES =
            Arrays.stream(METHODS)
                    .map(method -> (method.name() + " ").getBytes(US_ASCII))
                    .toArray(byte[][]::new);

    private @Nullable ByteBuf source;

    /** The source's index of the first byte. */
    private int base;

    private byte[] bytes = NOTHING;
    private int at;
    private boolean hostSeen;
    private boolean connectionSeen;
    private boolean keepsAlive;

    static HeadReader ofThread() {
        return OF_THREAD.get();
    }

    /**
     * The head at the reader index of {@code in}, which is moved behind it; null, and nothing is
     * moved, where there is none for the short way.
     */
    @SuppressWarnings("ReferenceEquality") // this very buffer, whatever is in another one
    @Nullable RequestHead read(ByteBuf in, HttpOptions limits) {
        int index = in.readerIndex();
        if (source != in || index < base) {
            copy(in, index);
        }
        RequestHead head = head(index - base, limits);
        if (head == null && base != index && base + bytes.length < in.writerIndex()) {
            copy(in, index);
            head = head(0, limits);
        }
        if (head != null) {
            in.readerIndex(base + at);
        }
        return head;
    }

    private void copy(ByteBuf in, int index) {
        bytes = new byte[Math.min(COPY_MAX, in.writerIndex() - index)];
        in.getBytes(index, bytes);
        source = in;
        base = index;
    }

    /**
     * The buffer is done with, or may be: a pooled one that is released comes back as the same
     * object with other bytes in it.
     */
    void forget() {
        source = null;
        bytes = NOTHING;
    }

    private @Nullable RequestHead head(int from, HttpOptions limits) {
        at = from;
        HttpMethod method = method();
        if (method == null) {
            return null;
        }
        int targetAt = at;
        if (!skipTarget() || at - from > limits.requestLineBytesMax()) {
            return null;
        }
        int targetEnd = at;
        at++;
        boolean version11 = isNext(VERSION_1_1);
        if (!version11 && !isNext(VERSION_1_0)) {
            return null;
        }
        at += VERSION_1_1.length;
        int fieldsAt = at;
        keepsAlive = version11;
        if (!skipFields(limits.headersMax())
                || at - fieldsAt > limits.headerBytesMax()
                || (version11 && !hostSeen)) {
            return null;
        }
        String target = new String(bytes, targetAt, targetEnd - targetAt, ISO_8859_1);
        return new DirectHead(method, target, version11, keepsAlive, bytes, fieldsAt);
    }

    private @Nullable HttpMethod method() {
        for (int i = 0; i < METHODS.length; i++) {
            if (isNext(METHOD_NAMES[i])) {
                at += METHOD_NAMES[i].length;
                return METHODS[i];
            }
        }
        return null;
    }

    private boolean isNext(byte[] word) {
        return bytes.length - at >= word.length
                && Arrays.equals(bytes, at, at + word.length, word, 0, word.length);
    }

    /** An origin-form target, up to the space behind it. */
    private boolean skipTarget() {
        if (at >= bytes.length || bytes[at] != '/') {
            return false;
        }
        boolean query = false;
        while (at < bytes.length) {
            int c = bytes[at] & 0xff;
            if (c == ' ') {
                return true;
            }
            if (c == '?') {
                query = true;
            } else if (!(query ? HttpChars.isQuery(c) : HttpChars.isPath(c))
                    || (c == '%' && !isEscape())) {
                return false;
            }
            at++;
        }
        return false;
    }

    private boolean isEscape() {
        return at + 2 < bytes.length
                && HttpChars.hex(bytes[at + 1] & 0xff) >= 0
                && HttpChars.hex(bytes[at + 2] & 0xff) >= 0;
    }

    /** Every field and the empty line. */
    private boolean skipFields(int fieldsMax) {
        hostSeen = false;
        connectionSeen = false;
        for (int count = 0; count <= fieldsMax; count++) {
            if (at + 1 >= bytes.length) {
                return false;
            }
            if (bytes[at] == '\r') {
                at += 2;
                return bytes[at - 1] == '\n';
            }
            if (!skipField()) {
                return false;
            }
        }
        return false;
    }

    private boolean skipField() {
        int nameAt = at;
        int colon = nameEnd();
        if (colon <= nameAt) {
            return false;
        }
        at = colon + 1;
        int end = valueEnd();
        if (end == NONE) {
            return false;
        }
        at = end + 2;
        return isHarmless(nameAt, colon, end);
    }

    private int nameEnd() {
        for (int i = at; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            if (c == ':') {
                return i;
            }
            if (!HttpChars.isToken(c)) {
                return NONE;
            }
        }
        return NONE;
    }

    /** Where the CR is that ends the value with an LF. */
    private int valueEnd() {
        for (int i = at; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            if (!HttpChars.isField(c)) {
                return c == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n' ? i : NONE;
            }
        }
        return NONE;
    }

    /** Whether the field says nothing that is not for the short way. */
    private boolean isHarmless(int nameAt, int colon, int end) {
        return switch (HeadCheck.Field.of(bytes, nameAt, colon - nameAt)) {
            case HOST -> isHost(colon + 1, end);
            case CONNECTION -> isConnection(colon + 1, end);
            case CONTENT_LENGTH, TRANSFER_ENCODING, EXPECT, WEBSOCKET_KEY -> false;
            case TRAILER, OTHER -> true;
        };
    }

    private boolean isHost(int from, int to) {
        int first = skipBlanks(from, to);
        boolean once = !hostSeen;
        hostSeen = true;
        return once && TargetCheck.isAuthority(bytes, first, to);
    }

    /** Whether the field says nothing but what the connection does after the response. */
    private boolean isConnection(int from, int to) {
        int first = skipBlanks(from, to);
        boolean once = !connectionSeen;
        connectionSeen = true;
        keepsAlive = isWord(KEEP_ALIVE, first, to);
        return once && (keepsAlive || isWord(CLOSE, first, to));
    }

    private boolean isWord(byte[] word, int from, int to) {
        if (to - from != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (HeadCheck.lowerCase(bytes[from + i]) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private int skipBlanks(int from, int to) {
        int i = from;
        while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i;
    }
}
