// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/** Request targets (RFC 9112, 3.2) and the authorities in them and in Host (RFC 3986, 3.2). */
final class TargetCheck {
    private static final int PORT_MAX = 65_535;
    private static final int PLAIN_PORT_DIGITS = 4;

    /** Where the authority of an absolute-form target begins, or -1 for another form. */
    private static int authorityAt(CharSequence target) {
        if (startsWith(target, "http://")) {
            return 7;
        }
        return startsWith(target, "https://") ? 8 : -1;
    }

    private static boolean startsWith(CharSequence text, String lowerCase) {
        if (text.length() < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            char c = text.charAt(i);
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code target} is a valid one for a method that is not CONNECT. */
    static boolean isValid(CharSequence target, boolean options) {
        if (target.length() == 1 && target.charAt(0) == '*') {
            return options;
        }
        if (!target.isEmpty() && target.charAt(0) == '/') {
            return isPathAndQuery(target, 0);
        }
        int from = authorityAt(target);
        return from > 0
                && isAuthority(target.subSequence(from, authorityEnd(target, from)))
                && isPathAndQuery(target, authorityEnd(target, from));
    }

    private static int authorityEnd(CharSequence target, int from) {
        int end = from;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        return end;
    }

    /** What an absolute-form target says that Host has to say; null for another form. */
    static @Nullable CharSequence authority(CharSequence target) {
        int from = authorityAt(target);
        return from < 0 ? null : target.subSequence(from, authorityEnd(target, from));
    }

    private static boolean isPathAndQuery(CharSequence target, int from) {
        boolean query = false;
        for (int i = from; i < target.length(); i++) {
            char c = target.charAt(i);
            if (!query && c == '?') {
                query = true;
            } else if (!(query ? HttpChars.isQuery(c) : HttpChars.isPath(c))
                    || (c == '%' && !isEscape(target, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEscape(CharSequence text, int at) {
        return at + 2 < text.length()
                && HttpChars.hex(text.charAt(at + 1)) >= 0
                && HttpChars.hex(text.charAt(at + 2)) >= 0;
    }

    /** A host and an optional port, without user information: what Host may hold. */
    static boolean isAuthority(CharSequence text) {
        int end = text.length();
        int colon = end;
        for (int i = end - 1; i >= 0 && text.charAt(i) != ']'; i--) {
            if (text.charAt(i) == ':') {
                colon = i;
                break;
            }
        }
        return isPort(text, colon) && isHost(text, colon);
    }

    /** As above, of these bytes: a string only where it is not of the plainest kind. */
    static boolean isAuthority(byte[] bytes, int from, int to) {
        return isPlainAuthority(bytes, from, to)
                || isAuthority(new String(bytes, from, to - from, ISO_8859_1));
    }

    /** Letters, digits, dots and hyphens, and maybe a port of so few digits that it is one. */
    private static boolean isPlainAuthority(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && HttpChars.isPlainHost(bytes[i])) {
            i++;
        }
        if (i == to || i == from) {
            return i > from;
        }
        int digits = to - i - 1;
        if (bytes[i] != ':' || digits < 1 || digits > PLAIN_PORT_DIGITS || bytes[i + 1] == '0') {
            return false;
        }
        for (i++; i < to; i++) {
            if (!HttpChars.isDigit(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * None at all, or 1 to 65535. RFC 3986, 3.2.3, lets it be empty or begin with zeros behind its
     * colon, and tells senders not to do so: some read those as malformed, or write them anew.
     */
    private static boolean isPort(CharSequence text, int colon) {
        if (colon == text.length()) {
            return true;
        }
        if (colon + 1 == text.length() || text.charAt(colon + 1) == '0') {
            return false;
        }
        int port = 0;
        for (int i = colon + 1; i < text.length(); i++) {
            if (!HttpChars.isDigit(text.charAt(i))) {
                return false;
            }
            port = port * 10 + text.charAt(i) - '0';
            if (port > PORT_MAX) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHost(CharSequence text, int end) {
        if (end > 0 && text.charAt(0) == '[') {
            return end > 3
                    && text.charAt(end - 1) == ']'
                    && isIpLiteral(text.subSequence(1, end - 1).toString());
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!HttpChars.isHost(c) || (c == '%' && !isEscape(text, i))) {
                return false;
            }
        }
        return end > 0;
    }

    /** RFC 3986, 3.2.2: IPv6address, which has no zone; nobody has an IPvFuture yet. */
    private static boolean isIpLiteral(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ':' && c != '.' && HttpChars.hex(c) < 0) {
                return false;
            }
        }
        return NetUtil.isValidIpV6Address(text);
    }

    private TargetCheck() {}
}
