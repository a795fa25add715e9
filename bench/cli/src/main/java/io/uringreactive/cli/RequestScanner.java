package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

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

    private static final byte[] METHOD_HEAD = "HEAD".getBytes(US_ASCII);
    private static final byte[] VERSION_1 = " HTTP/1.".getBytes(US_ASCII);
    private static final byte[] CONNECTION = "connection".getBytes(US_ASCII);
    private static final byte[] CONTENT_LENGTH = "content-length".getBytes(US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding".getBytes(US_ASCII);
    private static final byte[] CLOSE = "close".getBytes(US_ASCII);
    private static final byte[] KEEP_ALIVE = "keep-alive".getBytes(US_ASCII);

    /** The characters of a token (RFC 9110, section 5.6.2), by their code. */
    private static final boolean[] TOKEN = new boolean[256];

    private static final boolean[] CONTROL = new boolean[256];

    static {
        Arrays.fill(CONTROL, 0, ' ', true);
        CONTROL[0x7f] = true;
        for (byte b :
                "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        .getBytes(US_ASCII)) {
            TOKEN[b] = true;
        }
    }

    private State state = State.START_LINE;

    // The window holds what was taken from the input and is not consumed: [start, end). No line
    // ends before `scanned`, so that a line fed byte by byte is not searched again for each.
    private byte[] window = new byte[WINDOW_BYTES_INITIAL];
    private int start;
    private int scanned;
    private int end;

    // The head that is being read.
    private int headBytes;
    private boolean emptyLineSkipped;
    private boolean head;
    private boolean http10;
    private boolean closeAsked;
    private boolean keepAliveAsked;
    private boolean transferEncoding;
    private boolean lengthGiven;
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
        return head;
    }

    /** Of the request just found: whether it came as HTTP/1.0, which must be told of keep-alive. */
    boolean isHttp10() {
        return http10;
    }

    /** Of the request just found: whether the connection lives on after its reply. */
    boolean keepAlive() {
        return !closeAsked && !transferEncoding && (!http10 || keepAliveAsked);
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
        return start < end && !isToken(window[start]) && window[start] != '\r';
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
                return takeHeader(from, to);
            }
            state = State.BODY;
            return true;
        }
        if (from < to) {
            state = State.HEADERS;
            return takeStartLine(from, to);
        }
        // Clients of old send an empty line after a body; RFC 9112, section 2.2, forgives one.
        boolean first = !emptyLineSkipped;
        emptyLineSkipped = true;
        return first;
    }

    private boolean takeStartLine(int from, int to) {
        closeAsked = false;
        keepAliveAsked = false;
        transferEncoding = false;
        lengthGiven = false;
        bodyBytesLeft = 0;

        int methodEnd = from;
        while (methodEnd < to && isToken(window[methodEnd])) {
            methodEnd++;
        }
        head = methodEnd - from == METHOD_HEAD.length && startsWith(METHOD_HEAD, from);

        int versionFrom = to - VERSION_1.length - 1;
        if (methodEnd == from || versionFrom < methodEnd + 2 || window[methodEnd] != ' ') {
            return false;
        }
        for (int i = methodEnd + 1; i < versionFrom; i++) {
            if (isControl(window[i]) || window[i] == ' ') {
                return false;
            }
        }
        byte minor = window[to - 1];
        http10 = minor == '0';
        // A later 1.x is answered as 1.1 (RFC 9110, section 2.5).
        return startsWith(VERSION_1, versionFrom) && isDigit(minor);
    }

    private boolean takeHeader(int from, int to) {
        int colon = from;
        while (colon < to && isToken(window[colon])) {
            colon++;
        }
        if (colon == from || colon == to || window[colon] != ':') {
            return false;
        }
        for (int i = colon + 1; i < to; i++) {
            if (isControl(window[i]) && window[i] != '\t') {
                return false;
            }
        }
        int valueFrom = colon + 1;
        int valueTo = to;
        while (valueFrom < valueTo && isBlank(window[valueFrom])) {
            valueFrom++;
        }
        while (valueFrom < valueTo && isBlank(window[valueTo - 1])) {
            valueTo--;
        }
        if (is(CONNECTION, from, colon)) {
            takeConnection(valueFrom, valueTo);
        } else if (is(CONTENT_LENGTH, from, colon)) {
            return takeLength(valueFrom, valueTo);
        } else if (is(TRANSFER_ENCODING, from, colon)) {
            transferEncoding = true;
        }
        return true;
    }

    /** A list of options; only two concern us. */
    private void takeConnection(int from, int to) {
        int i = from;
        while (i < to) {
            int optionFrom = i;
            while (i < to && isToken(window[i])) {
                i++;
            }
            closeAsked |= is(CLOSE, optionFrom, i);
            keepAliveAsked |= is(KEEP_ALIVE, optionFrom, i);
            i++;
        }
    }

    private boolean takeLength(int from, int to) {
        long length = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(window[i]) || length > (Long.MAX_VALUE - 9) / 10) {
                return false;
            }
            length = 10 * length + window[i] - '0';
        }
        boolean agrees = !lengthGiven || length == bodyBytesLeft;
        lengthGiven = true;
        bodyBytesLeft = length;
        return agrees && from < to;
    }

    /** Drops what there is of the body; true when nothing of it is missing. */
    private boolean skipBody(ByteBuf in) {
        if (transferEncoding) {
            return true;
        }
        int inWindow = (int) Math.min(bodyBytesLeft, end - start);
        start += inWindow;
        scanned = start;
        bodyBytesLeft -= inWindow;
        int inInput = (int) Math.min(bodyBytesLeft, in.readableBytes());
        in.skipBytes(inInput);
        bodyBytesLeft -= inInput;
        return bodyBytesLeft == 0;
    }

    /** Whether the window has exactly this word there; letters in either case. */
    private boolean is(byte[] lowerCase, int from, int to) {
        if (to - from != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            // Sound for tokens: none but a letter's upper case is moved onto a letter or a hyphen.
            if ((window[from + i] | 0x20) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean startsWith(byte[] exact, int from) {
        for (int i = 0; i < exact.length; i++) {
            if (window[from + i] != exact[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isToken(byte b) {
        return TOKEN[Byte.toUnsignedInt(b)];
    }

    private static boolean isControl(byte b) {
        return CONTROL[Byte.toUnsignedInt(b)];
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
