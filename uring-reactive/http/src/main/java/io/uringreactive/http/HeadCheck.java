// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import org.jspecify.annotations.Nullable;

/**
 * What the parts of one request head have to do with each other: which fields there are once, which
 * not together, and how long the body is that follows. Fed by {@link WireCheck}; confined to the
 * connection's thread.
 */
final class HeadCheck {
    /** The fields that decide where a request ends and whom it is for; none may be a trailer. */
    enum Field {
        HOST("host"),
        CONTENT_LENGTH("content-length"),
        TRANSFER_ENCODING("transfer-encoding"),
        EXPECT("expect"),
        CONNECTION("connection"),
        /** Announces trailers; decoders drop it from among them. */
        TRAILER("trailer"),
        /** Of a handshake from before RFC 6455, whose body decoders know without being told. */
        WEBSOCKET_KEY("sec-websocket-key1"),
        OTHER("");

        private static final Field[] ALL = values();

        private final String name;

        Field(String name) {
            this.name = name;
        }

        /** The field that {@code length} bytes name, in whatever case. */
        static Field of(byte[] bytes, int from, int length) {
            for (Field field : ALL) {
                if (field.name.length() == length && length > 0 && field.isNamed(bytes, from)) {
                    return field;
                }
            }
            return OTHER;
        }

        static int longest() {
            return WEBSOCKET_KEY.name.length();
        }

        private boolean isNamed(byte[] bytes, int from) {
            for (int i = 0; i < name.length(); i++) {
                if (lowerCase(bytes[from + i]) != name.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    static int lowerCase(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    /** The longest method of the registry (RFC 9110, 16.1.1) has 16 characters. */
    static final int METHOD_LENGTH_MAX = 32;

    private static final int LENGTH_DIGITS_MAX = 18;

    private final long bodyBytesMax;
    private @Nullable String host;
    private boolean options;
    private String target = "";
    private boolean version11;
    private long contentLength = -1;
    private boolean chunked;

    HeadCheck(long bodyBytesMax) {
        this.bodyBytesMax = bodyBytesMax;
    }

    void begin() {
        host = null;
        options = false;
        target = "";
        version11 = false;
        contentLength = -1;
        chunked = false;
    }

    @Nullable HttpViolation onMethod(CharSequence method) {
        options = "OPTIONS".contentEquals(method);
        return "CONNECT".contentEquals(method) ? HttpViolation.METHOD_CONNECT : null;
    }

    @Nullable HttpViolation onTarget(String text) {
        target = text;
        return TargetCheck.isValid(text, options) ? null : HttpViolation.TARGET_MALFORMED;
    }

    @Nullable HttpViolation onVersion(CharSequence version) {
        version11 = "HTTP/1.1".contentEquals(version);
        if (version11 || "HTTP/1.0".contentEquals(version)) {
            return null;
        }
        boolean wellFormed =
                version.length() == 8
                        && "HTTP/".contentEquals(version.subSequence(0, 5))
                        && HttpChars.isDigit(version.charAt(5))
                        && version.charAt(6) == '.'
                        && HttpChars.isDigit(version.charAt(7));
        return wellFormed ? HttpViolation.VERSION_UNSUPPORTED : HttpViolation.VERSION_MALFORMED;
    }

    /** {@code value} is without the white space around it. */
    @Nullable HttpViolation onField(Field field, String value) {
        return switch (field) {
            case HOST -> onHost(value);
            case CONTENT_LENGTH -> onContentLength(value);
            case TRANSFER_ENCODING -> onTransferEncoding(value);
            case EXPECT ->
                    value.equalsIgnoreCase("100-continue")
                            ? null
                            : HttpViolation.EXPECTATION_UNKNOWN;
            case WEBSOCKET_KEY -> HttpViolation.BODY_UNDECLARED;
            case CONNECTION, TRAILER, OTHER -> null;
        };
    }

    private @Nullable HttpViolation onHost(String value) {
        if (host != null) {
            return HttpViolation.HOST_DUPLICATE;
        }
        host = value;
        return TargetCheck.isAuthority(value) ? null : HttpViolation.HOST_MALFORMED;
    }

    private @Nullable HttpViolation onContentLength(String value) {
        if (contentLength >= 0) {
            return HttpViolation.CONTENT_LENGTH_DUPLICATE;
        }
        if (value.isEmpty()) {
            return HttpViolation.CONTENT_LENGTH_MALFORMED;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!HttpChars.isDigit(value.charAt(i))) {
                return HttpViolation.CONTENT_LENGTH_MALFORMED;
            }
        }
        if (value.length() > LENGTH_DIGITS_MAX) {
            return HttpViolation.CONTENT_TOO_LARGE;
        }
        contentLength = Long.parseLong(value);
        return null;
    }

    private @Nullable HttpViolation onTransferEncoding(String value) {
        if (chunked) {
            return HttpViolation.CODING_DUPLICATE;
        }
        if (value.equalsIgnoreCase("chunked")) {
            chunked = true;
            return null;
        }
        int comma = value.lastIndexOf(',');
        boolean chunkedLast =
                comma > 0 && value.substring(comma + 1).strip().equalsIgnoreCase("chunked");
        boolean chunkedBefore =
                comma > 0 && value.regionMatches(true, 0, "chunked", 0, "chunked".length());
        return chunkedLast && !chunkedBefore
                ? HttpViolation.CODING_UNSUPPORTED
                : HttpViolation.CODING_NOT_CHUNKED;
    }

    /** All of the head is there. */
    @Nullable HttpViolation onEnd() {
        if (version11 && host == null) {
            return HttpViolation.HOST_MISSING;
        }
        CharSequence authority = TargetCheck.authority(target);
        if (authority != null && host != null && !host.equalsIgnoreCase(authority.toString())) {
            return HttpViolation.HOST_MISMATCH;
        }
        if (chunked && contentLength >= 0) {
            return HttpViolation.LENGTH_AND_CODING;
        }
        if (chunked && !version11) {
            return HttpViolation.CODING_ON_1_0;
        }
        return contentLength > bodyBytesMax ? HttpViolation.CONTENT_TOO_LARGE : null;
    }

    boolean isChunked() {
        return chunked;
    }

    /** 0 where there is no body. */
    long contentLength() {
        return Math.max(contentLength, 0);
    }
}
