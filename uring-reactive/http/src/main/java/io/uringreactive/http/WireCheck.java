// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import io.uringreactive.http.HeadCheck.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of requests ahead of the decoder, and stops at the first that RFC 9112 does not
 * allow there and at the end of each request. The decoder behind it is lenient in places (bare LF,
 * folded fields, several lengths); two programs that read the same bytes differently is what
 * request smuggling lives on, so nothing gets there that can be read in more than one way.
 *
 * <p>One per connection, confined to its thread. It keeps no buffer: what it has to remember of a
 * cut request is the part of the line that it is in.
 *
 * <pre>
 *   START - REQUEST_LINE - (NAME - VALUE)* - end of head
 *     -> START | DATA | chunks: SIZE - extensions - CHUNK_DATA ... - (NAME - VALUE)* -> START
 * </pre>
 */
final class WireCheck implements ByteProcessor {
    private enum State {
        START,
        EMPTY_LINE_LF,
        AFTER_EMPTY_LINE,
        REQUEST_LINE,
        FIELD_LF,
        LINE_START,
        NAME,
        VALUE,
        FIELDS_LF,
        DATA,
        CHUNKS
    }

    private final HttpOptions options;
    private final HeadCheck head;
    private final LineCheck line;
    private final ChunkCheck chunks = new ChunkCheck();
    private final byte[] name = new byte[Field.longest()];

    /** A field's value that {@link HeadCheck} wants. */
    private final StringBuilder text = new StringBuilder();

    private State state = State.START;
    private Field field = Field.OTHER;
    private int nameLength;
    private int fieldBytes;
    private int fieldCount;
    private long bodyBytes;
    private long dataLeft;
    private boolean trailers;
    private @Nullable HttpViolation violation;

    WireCheck(HttpOptions options) {
        this.options = options;
        this.head = new HeadCheck(options.bodyBytesMax());
        this.line = new LineCheck(head, options.requestLineBytesMax());
    }

    /**
     * How many of the readable bytes may go to the decoder: up to the end of a request, to the byte
     * that is wrong, or all. Moves no index.
     */
    int check(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        boolean moved;
        do {
            if (isInData()) {
                int skipped = (int) Math.min(dataLeft, end - at);
                at += skipped;
                dataLeft -= skipped;
                moved = dataLeft == 0 && !endData();
            } else {
                int stop = in.forEachByte(at, end - at, this);
                at = stop < 0 ? end : violation == null ? stop + 1 : stop;
                moved = violation == null && state != State.START;
            }
        } while (moved && at < end);
        return at - in.readerIndex();
    }

    private boolean isInData() {
        return state == State.DATA || (state == State.CHUNKS && chunks.isInData());
    }

    /** Whether the request has ended with its data. */
    private boolean endData() {
        if (state == State.DATA) {
            state = State.START;
            return true;
        }
        chunks.endData();
        return false;
    }

    /** What is wrong; null as long as nothing is. There is nothing to be had after it. */
    @Nullable HttpViolation violation() {
        return violation;
    }

    /** Whether what was read so far ends with a whole request. */
    boolean isBetweenRequests() {
        return state == State.START;
    }

    /** Whether the head of a request has begun and not ended. */
    boolean isInHead() {
        return state != State.START && state != State.DATA && state != State.CHUNKS && !trailers;
    }

    /** One byte outside of data; false where {@link #check} has to look up. */
    @Override
    public boolean process(byte value) {
        int c = value & 0xff;
        violation =
                switch (state) {
                    case START -> onStart(c);
                    case EMPTY_LINE_LF -> expectLf(c, State.AFTER_EMPTY_LINE);
                    case AFTER_EMPTY_LINE -> onRequest(c);
                    case REQUEST_LINE -> onRequestLine(c);
                    case FIELD_LF -> expectLf(c, State.LINE_START);
                    case LINE_START -> onLineStart(c);
                    case NAME -> onName(c);
                    case VALUE -> onValue(c);
                    case FIELDS_LF -> onFieldsEnd(c);
                    case DATA -> throw new IllegalStateException("data is skipped");
                    case CHUNKS -> onChunks(c);
                };
        return violation == null && state != State.START && !isInData();
    }

    private static @Nullable HttpViolation lineEnd(int c) {
        return c == '\n' ? HttpViolation.BARE_LF : null;
    }

    private @Nullable HttpViolation expectLf(int c, State next) {
        state = next;
        return c == '\n' ? null : HttpViolation.BARE_CR;
    }

    private @Nullable HttpViolation onStart(int c) {
        if (c == '\r') {
            // RFC 9112, 2.2: at least one empty line before a request is to be ignored.
            state = State.EMPTY_LINE_LF;
            return null;
        }
        return onRequest(c);
    }

    private @Nullable HttpViolation onRequest(int c) {
        trailers = false;
        fieldBytes = 0;
        fieldCount = 0;
        bodyBytes = 0;
        head.begin();
        line.begin();
        state = State.REQUEST_LINE;
        return onRequestLine(c);
    }

    private @Nullable HttpViolation onRequestLine(int c) {
        HttpViolation wrong = line.onByte(c);
        if (line.isEnded()) {
            state = State.LINE_START;
        }
        return wrong;
    }

    private @Nullable HttpViolation onLineStart(int c) {
        if (c == '\r') {
            state = State.FIELDS_LF;
            return null;
        }
        if (c == ' ' || c == '\t') {
            return HttpViolation.FIELD_FOLDED;
        }
        if (++fieldCount > options.headersMax()) {
            return HttpViolation.FIELDS_TOO_MANY;
        }
        nameLength = 0;
        state = State.NAME;
        return c == ':' ? HttpViolation.FIELD_NAME_MALFORMED : onName(c);
    }

    private @Nullable HttpViolation onName(int c) {
        if (isTooLarge()) {
            return HttpViolation.FIELDS_TOO_LARGE;
        }
        if (c == ':') {
            field = nameLength <= name.length ? Field.of(name, 0, nameLength) : Field.OTHER;
            text.setLength(0);
            state = State.VALUE;
            return trailers && field != Field.OTHER ? HttpViolation.TRAILER_FORBIDDEN : null;
        }
        if (!HttpChars.isToken(c)) {
            HttpViolation space =
                    c == ' ' || c == '\t'
                            ? HttpViolation.FIELD_SPACE_BEFORE_COLON
                            : HttpViolation.FIELD_NAME_MALFORMED;
            return c == '\n' ? HttpViolation.BARE_LF : space;
        }
        if (nameLength < name.length) {
            name[nameLength] = (byte) c;
        }
        nameLength++;
        return null;
    }

    private @Nullable HttpViolation onValue(int c) {
        if (isTooLarge()) {
            return HttpViolation.FIELDS_TOO_LARGE;
        }
        if (c == '\r') {
            state = State.FIELD_LF;
            return field == Field.OTHER ? null : head.onField(field, stripped());
        }
        if (!HttpChars.isField(c)) {
            HttpViolation wrong = lineEnd(c);
            return wrong == null ? HttpViolation.FIELD_VALUE_MALFORMED : wrong;
        }
        if (field != Field.OTHER) {
            text.append((char) c);
        }
        return null;
    }

    /** Without spaces and tabs at its ends, and without what Unicode also calls white space. */
    private String stripped() {
        int from = 0;
        int to = text.length();
        while (from < to && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
            from++;
        }
        while (from < to && (text.charAt(to - 1) == ' ' || text.charAt(to - 1) == '\t')) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Counts a byte of the fields or of chunk extensions: they share the limit. */
    private boolean isTooLarge() {
        return ++fieldBytes > options.headerBytesMax();
    }

    private @Nullable HttpViolation onFieldsEnd(int c) {
        if (c != '\n') {
            return HttpViolation.BARE_CR;
        }
        if (trailers) {
            trailers = false;
            state = State.START;
            return null;
        }
        HttpViolation wrong = head.onEnd();
        if (wrong != null) {
            return wrong;
        }
        state = State.START;
        if (head.isChunked()) {
            state = State.CHUNKS;
            chunks.begin();
        } else if (head.contentLength() > 0) {
            state = State.DATA;
            dataLeft = head.contentLength();
        }
        return null;
    }

    private @Nullable HttpViolation onChunks(int c) {
        HttpViolation wrong = chunks.onByte(c);
        if (wrong == null && chunks.isInExtension() && isTooLarge()) {
            return HttpViolation.FIELDS_TOO_LARGE;
        }
        if (wrong == null && chunks.isInData()) {
            dataLeft = chunks.size();
            bodyBytes += dataLeft;
            return bodyBytes > options.bodyBytesMax() || bodyBytes < 0
                    ? HttpViolation.CONTENT_TOO_LARGE
                    : null;
        }
        if (wrong == null && chunks.isLast()) {
            trailers = true;
            state = State.LINE_START;
        }
        return wrong;
    }
}
