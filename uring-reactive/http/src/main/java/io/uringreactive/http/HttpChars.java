// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

/** The character classes of RFC 9110, 9112 and 3986 over bytes, in one table. */
final class HttpChars {
    private static final int TOKEN = 1;
    private static final int FIELD = 1 << 1;
    private static final int PATH = 1 << 2;
    private static final int QUERY = 1 << 3;
    private static final int HOST = 1 << 4;
    private static final int QUOTED = 1 << 5;
    private static final int PLAIN_HOST = 1 << 6;

    private static final String ALPHANUMERIC =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String SUB_DELIMITERS = "!$&'()*+,;=";
    private static final String UNRESERVED = ALPHANUMERIC + "-._~";

    private static final byte[] CLASSES = new byte[256];

    static {
        mark(TOKEN, ALPHANUMERIC + "!#$%&'*+-.^_`|~");
        mark(PATH, UNRESERVED + SUB_DELIMITERS + "%:@/");
        // Brackets are not RFC 3986's, but clients send them as they are, java.net.URI takes them,
        // and nothing reads them differently.
        mark(QUERY, UNRESERVED + SUB_DELIMITERS + "%:@/?[]");
        mark(PLAIN_HOST, ALPHANUMERIC + "-.");
        mark(HOST, UNRESERVED + SUB_DELIMITERS + "%");
        for (int c = 0; c < CLASSES.length; c++) {
            if (c == '\t' || (c >= ' ' && c != 0x7f)) {
                CLASSES[c] |= FIELD;
                if (c != '"' && c != '\\' && c < 0x80) {
                    CLASSES[c] |= QUOTED;
                }
            }
        }
    }

    private static void mark(int kind, String characters) {
        for (int i = 0; i < characters.length(); i++) {
            CLASSES[characters.charAt(i)] |= (byte) kind;
        }
    }

    private static boolean is(int c, int kind) {
        return (CLASSES[c & 0xff] & kind) != 0;
    }

    /** RFC 9110, 5.6.2: tchar. */
    static boolean isToken(int c) {
        return is(c, TOKEN);
    }

    /** RFC 9110, 5.5: field-vchar, SP and HTAB. */
    static boolean isField(int c) {
        return is(c, FIELD);
    }

    /**
     * RFC 9110, 5.6.4: qdtext, or what may follow a backslash but for itself and the quote; without
     * obs-text, which Netty's decoder takes no chunk extension with.
     */
    static boolean isQuoted(int c) {
        return is(c, QUOTED);
    }

    /** RFC 3986, 3.3: pchar and the slash; a percent sign's digits are checked by the caller. */
    static boolean isPath(int c) {
        return c < 256 && is(c, PATH);
    }

    /** RFC 3986, 3.4, and brackets. */
    static boolean isQuery(int c) {
        return c < 256 && is(c, QUERY);
    }

    /** RFC 3986, 3.2.2: reg-name. */
    static boolean isHost(int c) {
        return c < 256 && is(c, HOST);
    }

    /** Of the characters of {@link #isHost} those that need no second look. */
    static boolean isPlainHost(int c) {
        return is(c, PLAIN_HOST);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** The digit's value, or -1. */
    static int hex(int c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private HttpChars() {}
}
