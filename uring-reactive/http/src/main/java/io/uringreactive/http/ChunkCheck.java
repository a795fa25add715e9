// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import org.jspecify.annotations.Nullable;

/**
 * Chunk lines of RFC 9112, 7.1, byte by byte: the size, its extensions, and the CRLF behind the
 * data. White space in them, which the grammar allows a reader to be kind about, is refused.
 */
final class ChunkCheck {
    private enum State {
        SIZE_START,
        SIZE,
        EXTENSION_START,
        EXTENSION_NAME,
        VALUE_START,
        VALUE_TOKEN,
        VALUE_QUOTED,
        VALUE_ESCAPED,
        VALUE_END,
        LINE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        LAST
    }

    /** 15 hexadecimal digits are less than a long holds. */
    private static final int SIZE_DIGITS_MAX = 15;

    private State state = State.SIZE_START;
    private long size;
    private int digits;

    void begin() {
        state = State.SIZE_START;
    }

    /** Whether the next bytes are {@link #size()} bytes of data. */
    boolean isInData() {
        return state == State.DATA;
    }

    boolean isInExtension() {
        return state.compareTo(State.EXTENSION_START) >= 0 && state.compareTo(State.VALUE_END) <= 0;
    }

    /** Whether the line of the last chunk has ended: trailers follow. */
    boolean isLast() {
        return state == State.LAST;
    }

    long size() {
        return size;
    }

    void endData() {
        state = State.DATA_CR;
    }

    @Nullable HttpViolation onByte(int c) {
        return switch (state) {
            case SIZE_START -> onSizeStart(c);
            case SIZE -> onSize(c);
            case EXTENSION_START, VALUE_START -> onPartStart(c);
            case EXTENSION_NAME, VALUE_TOKEN, VALUE_END -> onPart(c);
            case VALUE_QUOTED -> onQuoted(c);
            case VALUE_ESCAPED -> onEscaped(c);
            case LINE_LF -> onLineEnd(c);
            case DATA_CR -> expect(c, '\r', State.DATA_LF);
            case DATA_LF -> expect(c, '\n', State.SIZE_START);
            case DATA, LAST -> throw new IllegalStateException(state.toString());
        };
    }

    private @Nullable HttpViolation expect(int c, char expected, State next) {
        state = next;
        return c == expected ? null : HttpViolation.CHUNK_UNTERMINATED;
    }

    private @Nullable HttpViolation onSizeStart(int c) {
        size = 0;
        digits = 0;
        state = State.SIZE;
        return HttpChars.hex(c) < 0 ? HttpViolation.CHUNK_SIZE_MALFORMED : onSize(c);
    }

    private @Nullable HttpViolation onSize(int c) {
        int digit = HttpChars.hex(c);
        if (digit >= 0) {
            size = size << 4 | digit;
            return ++digits > SIZE_DIGITS_MAX ? HttpViolation.CONTENT_TOO_LARGE : null;
        }
        return onLineGoesOn(c, HttpViolation.CHUNK_SIZE_MALFORMED);
    }

    /** Another extension, or the end of the line. */
    private @Nullable HttpViolation onLineGoesOn(int c, HttpViolation otherwise) {
        if (c == ';') {
            state = State.EXTENSION_START;
        } else if (c == '\r') {
            state = State.LINE_LF;
        } else {
            return c == '\n' ? HttpViolation.BARE_LF : otherwise;
        }
        return null;
    }

    private @Nullable HttpViolation onPartStart(int c) {
        if (c == '"' && state == State.VALUE_START) {
            state = State.VALUE_QUOTED;
        } else if (HttpChars.isToken(c)) {
            state = state == State.VALUE_START ? State.VALUE_TOKEN : State.EXTENSION_NAME;
        } else {
            return HttpViolation.CHUNK_EXTENSION_MALFORMED;
        }
        return null;
    }

    private @Nullable HttpViolation onPart(int c) {
        if (state != State.VALUE_END && HttpChars.isToken(c)) {
            return null;
        }
        if (c == '=' && state == State.EXTENSION_NAME) {
            state = State.VALUE_START;
            return null;
        }
        return onLineGoesOn(c, HttpViolation.CHUNK_EXTENSION_MALFORMED);
    }

    private @Nullable HttpViolation onQuoted(int c) {
        if (c == '"') {
            state = State.VALUE_END;
        } else if (c == '\\') {
            state = State.VALUE_ESCAPED;
        } else if (!HttpChars.isQuoted(c)) {
            return HttpViolation.CHUNK_EXTENSION_MALFORMED;
        }
        return null;
    }

    private @Nullable HttpViolation onEscaped(int c) {
        state = State.VALUE_QUOTED;
        return HttpChars.isQuoted(c) || c == '"' || c == '\\'
                ? null
                : HttpViolation.CHUNK_EXTENSION_MALFORMED;
    }

    private @Nullable HttpViolation onLineEnd(int c) {
        state = size == 0 ? State.LAST : State.DATA;
        return c == '\n' ? null : HttpViolation.BARE_CR;
    }
}
