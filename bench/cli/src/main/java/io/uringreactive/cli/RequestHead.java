// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * What one request's head says, as far as its reply and its end depend on it: judged line by line,
 * without their line ends. Confined to its connection's ring.
 */
final class RequestHead {
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

    private boolean head;
    private boolean http10;
    private boolean closeAsked;
    private boolean keepAliveAsked;
    private boolean transferEncoding;
    private boolean lengthGiven;
    private long bodyBytes;

    /** Whether it was HEAD, whose reply has no body. */
    boolean isHead() {
        return head;
    }

    /** Whether it came as HTTP/1.0, which must be told of keep-alive. */
    boolean isHttp10() {
        return http10;
    }

    /** Whether the connection lives on after its reply. */
    boolean keepAlive() {
        return !closeAsked && !transferEncoding && (!http10 || keepAliveAsked);
    }

    /** The length of the body to skip; 0 for one in transfer coding, which is not read. */
    long bodyBytes() {
        return transferEncoding ? 0 : bodyBytes;
    }

    /** Begins a new head; false when the line is malformed. */
    boolean takeStartLine(byte[] window, int from, int to) {
        closeAsked = false;
        keepAliveAsked = false;
        transferEncoding = false;
        lengthGiven = false;
        bodyBytes = 0;

        int methodEnd = from;
        while (methodEnd < to && isToken(window[methodEnd])) {
            methodEnd++;
        }
        head = methodEnd - from == METHOD_HEAD.length && startsWith(window, METHOD_HEAD, from);

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
        return startsWith(window, VERSION_1, versionFrom) && isDigit(minor);
    }

    /** False when the line is malformed. */
    boolean takeHeader(byte[] window, int from, int to) {
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
        if (is(window, CONNECTION, from, colon)) {
            takeConnection(window, valueFrom, valueTo);
        } else if (is(window, CONTENT_LENGTH, from, colon)) {
            return takeLength(window, valueFrom, valueTo);
        } else if (is(window, TRANSFER_ENCODING, from, colon)) {
            transferEncoding = true;
        }
        return true;
    }

    /** A list of options; only two concern us. */
    private void takeConnection(byte[] window, int from, int to) {
        int i = from;
        while (i < to) {
            int optionFrom = i;
            while (i < to && isToken(window[i])) {
                i++;
            }
            closeAsked |= is(window, CLOSE, optionFrom, i);
            keepAliveAsked |= is(window, KEEP_ALIVE, optionFrom, i);
            i++;
        }
    }

    private boolean takeLength(byte[] window, int from, int to) {
        long length = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(window[i]) || length > (Long.MAX_VALUE - 9) / 10) {
                return false;
            }
            length = 10 * length + window[i] - '0';
        }
        boolean agrees = !lengthGiven || length == bodyBytes;
        lengthGiven = true;
        bodyBytes = length;
        return agrees && from < to;
    }

    /** Whether the window has exactly this word there; letters in either case. */
    private static boolean is(byte[] window, byte[] lowerCase, int from, int to) {
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

    private static boolean startsWith(byte[] window, byte[] exact, int from) {
        for (int i = 0; i < exact.length; i++) {
            if (window[from + i] != exact[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean isToken(byte b) {
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
