// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Finds the requests in one connection's bytes: where each ends, and what its reply depends on.
 * Owned by one connection and confined to its ring's thread.
 *
 * <pre>
 *   START_LINE --line--> HEADERS --empty line--> BODY --body skipped--> START_LINE  (kept alive)
 *                                                                  \--> ENDED       (asked to close)
 *   START_LINE, HEADERS --malformed or over the limit--> ENDED
 * </pre>
 *
 * Lines are judged as a whole, in a window of our own: what a head means cannot depend on how the
 * network cut it. The window starts small and grows to the longest line seen, {@link
 * #HEAD_BYTES_MAX} at most; after that nothing is allocated.
 *
 * <p>HTTP/1.0 and 1.1 (RFC 9112), read strictly: a bare LF, white space before a colon, folded
 * lines, control characters and contradicting lengths are refused, because a proxy in front may
 * read them differently. Two things are left out on purpose, as the reply never depends on them: a
 * missing Host is not refused, {@code Expect: 100-continue} is not answered. A body in transfer
 * coding is not read: the request is answered and the connection ends.
 */
final class RequestScanner {
    /** A head's bytes from its start line (and an empty line before it) to its empty line. */
    static final int HEAD_BYTES_MAX = 8 * 1024;

    /** What {@link #next} found. */
    enum Found {
        /** All input is consumed, and no further request is complete. */
        NOTHING,
        /** A whole request, its body skipped. */
        REQUEST,
        /** Not HTTP/1: answer 400 and close. */
        MALFORMED,
        /** A head above {@link #HEAD_BYTES_MAX}: answer 431 and close. */
        TOO_LARGE
    }

    private enum State {
        START_LINE,
        HEADERS,
        BODY,
        ENDED
    }

    private static final int WINDOW_BYTES_INITIAL = 256;

    private State state = State.START_LINE;

    // The window holds what was taken from the input and is not consumed: [start, end). No line
    // ends before `scanned`, so that a line fed byte by byte is not searched again for each.
    private byte[] window = new byte[WINDOW_BYTES_INITIAL];
    private int start;
    private int scanned;
    private int end;

    /** What the head that is being read, or was read last, says. */
    private final RequestHead request = new RequestHead();

    private int headBytes;
    private boolean emptyLineSkipped;

    /** Of the body that is being skipped. */
    private long bodyBytesLeft;

    /**
     * Consumes input up to the end of the next request. Call again until it finds nothing: then
     * {@code in} is consumed and may be released. After a request that is not {@link #keepAlive},
     * or an error, all further input is dropped.
     */
    Found next(ByteBuf in) {
        while (state == State.START_LINE || state == State.HEADERS) {
            if (state == State.START_LINE && startsWrong()) {
                return refuse(Found.MALFORMED);
            }
            int length = lineLength();
            boolean partial = length == 0;
            if (headBytes + (partial ? end - start + 1 : length) > HEAD_BYTES_MAX) {
                return refuse(Found.TOO_LARGE);
            }
            if (!partial) {
                if (!takeLine(length)) {
                    return refuse(Found.MALFORMED);
                }
            } else if (in.isReadable()) {
                fill(in);
            } else {
                return Found.NOTHING;
            }
        }
        if (state == State.BODY && skipBody(in)) {
            startNext();
            return Found.REQUEST;
        }
        if (state == State.ENDED) {
            in.skipBytes(in.readableBytes());
        }
        return Found.NOTHING;
    }

    /** Of the request just found: whether it was HEAD, whose reply has no body. */
    boolean isHead() {
        return request.isHead();
    }

    /** Of the request just found: whether it came as HTTP/1.0, which must be told of keep-alive. */
    boolean isHttp10() {
        return request.isHttp10();
    }

    /** Of the request just found: whether the connection lives on after its reply. */
    boolean keepAlive() {
        return request.keepAlive();
    }

    private Found refuse(Found error) {
        state = State.ENDED;
        return error;
    }

    /** Keeps what the last head said, for the reply; the next start line resets it. */
    private void startNext() {
        state = keepAlive() ? State.START_LINE : State.ENDED;
        headBytes = 0;
        emptyLineSkipped = false;
    }

    /**
     * A first byte that no method starts with is refused at once: a peer that speaks TLS sends no
     * line end, and would wait for our answer as we for its line.
     */
    private boolean startsWrong() {
        return start < end && !RequestHead.isToken(window[start]) && window[start] != '\r';
    }

    /** Bytes of the first line in the window with its LF, 0 if it is not complete. */
    private int lineLength() {
        byte[] bytes = window;
        int limit = end;
        for (int i = scanned; i < limit; i++) {
            if (bytes[i] == '\n') {
                scanned = i;
                return i + 1 - start;
            }
        }
        scanned = limit;
        return 0;
    }

    private void fill(ByteBuf in) {
        if (start > 0) {
            System.arraycopy(window, start, window, 0, end - start);
            scanned -= start;
            end -= start;
            start = 0;
        }
        if (end == window.length) {
            window = Arrays.copyOf(window, Math.min(2 * window.length, HEAD_BYTES_MAX));
        }
        int bytes = Math.min(in.readableBytes(), window.length - end);
        in.readBytes(window, end, bytes);
        end += bytes;
    }

    /** Consumes a line of the head and judges it; false when it is malformed. */
    private boolean takeLine(int length) {
        int from = start;
        int to = start + length - 2;
        start += length;
        scanned = start;
        headBytes += length;
        if (to < from || window[to] != '\r') {
            return false;
        }
        if (state == State.HEADERS) {
            if (from < to) {
                return request.takeHeader(window, from, to);
            }
            state = State.BODY;
            bodyBytesLeft = request.bodyBytes();
            return true;
        }
        if (from < to) {
            state = State.HEADERS;
            return request.takeStartLine(window, from, to);
        }
        // Clients of old send an empty line after a body; RFC 9112, section 2.2, forgives one.
        boolean first = !emptyLineSkipped;
        emptyLineSkipped = true;
        return first;
    }

    /** Drops what there is of the body; true when nothing of it is missing. */
    private boolean skipBody(ByteBuf in) {
        int inWindow = (int) Math.min(bodyBytesLeft, end - start);
        start += inWindow;
        scanned = start;
        bodyBytesLeft -= inWindow;
        int inInput = (int) Math.min(bodyBytesLeft, in.readableBytes());
        in.skipBytes(inInput);
        bodyBytesLeft -= inInput;
        return bodyBytesLeft == 0;
    }
}
