// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import org.jspecify.annotations.Nullable;

/** A request line (RFC 9112, 3) byte by byte: method, target and version, one space between. */
final class LineCheck {
    private enum State {
        METHOD,
        TARGET,
        VERSION,
        LF,
        ENDED
    }

    private static final int VERSION_LENGTH = 8;

    private final HeadCheck head;
    private final int bytesMax;
    private final StringBuilder text = new StringBuilder();
    private State state = State.METHOD;
    private int bytes;

    LineCheck(HeadCheck head, int bytesMax) {
        this.head = head;
        this.bytesMax = bytesMax;
    }

    void begin() {
        state = State.METHOD;
        bytes = 0;
        text.setLength(0);
    }

    /** Whether its LF has come. */
    boolean isEnded() {
        return state == State.ENDED;
    }

    @Nullable HttpViolation onByte(int c) {
        return switch (state) {
            case METHOD -> onMethod(c);
            case TARGET -> onTarget(c);
            case VERSION -> onVersion(c);
            case LF -> onEnd(c);
            case ENDED -> throw new IllegalStateException("the line has ended");
        };
    }

    private @Nullable HttpViolation onMethod(int c) {
        bytes++;
        if (c == ' ' && !text.isEmpty()) {
            HttpViolation wrong = head.onMethod(text);
            text.setLength(0);
            state = State.TARGET;
            return wrong;
        }
        if (!HttpChars.isToken(c)) {
            return HttpViolation.METHOD_MALFORMED;
        }
        text.append((char) c);
        return text.length() > HeadCheck.METHOD_LENGTH_MAX ? HttpViolation.METHOD_TOO_LONG : null;
    }

    private @Nullable HttpViolation onTarget(int c) {
        if (++bytes > bytesMax) {
            return HttpViolation.TARGET_TOO_LONG;
        }
        if (c == ' ') {
            HttpViolation wrong = head.onTarget(text.toString());
            text.setLength(0);
            state = State.VERSION;
            return wrong;
        }
        text.append((char) c);
        return c > ' ' && c < 0x7f ? null : HttpViolation.TARGET_MALFORMED;
    }

    private @Nullable HttpViolation onVersion(int c) {
        if (c == '\r') {
            state = State.LF;
            return head.onVersion(text);
        }
        if (c == '\n') {
            return HttpViolation.BARE_LF;
        }
        text.append((char) c);
        return text.length() > VERSION_LENGTH ? HttpViolation.VERSION_MALFORMED : null;
    }

    private @Nullable HttpViolation onEnd(int c) {
        state = State.ENDED;
        return c == '\n' ? null : HttpViolation.BARE_CR;
    }
}
