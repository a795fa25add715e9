// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Host and port of a URI (RFC 3986, 3.2). */
final class Authority {
    private static final String UNRESERVED_SIGNS = "-._~";
    private static final String SUB_DELIMITERS = "!$&'()*+,;=";
    private static final String LITERAL_SIGNS = "[]:";

    /** Without the port that the scheme has anyway. */
    static String withoutDefaultPort(String hostAndPort, String scheme) {
        String defaultPort = scheme.equals("https") ? ":443" : ":80";
        return hostAndPort.endsWith(defaultPort)
                ? hostAndPort.substring(0, hostAndPort.length() - defaultPort.length())
                : hostAndPort;
    }

    /** Of the server's own address, for a client that names no host, as HTTP/1.0 permits. */
    static String of(@Nullable InetSocketAddress local) {
        if (local == null) {
            return "localhost";
        }
        String host = local.getHostString();
        int zone = host.indexOf('%');
        String address = zone < 0 ? host : host.substring(0, zone);
        return (isIpv6(address) ? "[" + address + "]" : address) + ":" + local.getPort();
    }

    private static boolean isIpv6(String address) {
        return address.indexOf(':') >= 0;
    }

    /** Whether it has but characters that need no second look: any URI may have it. */
    static boolean isPlain(String authority) {
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (!isAlphanumeric(c) && UNRESERVED_SIGNS.indexOf(c) < 0 && c != ':') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /**
     * {@code authority} as a URI may have it: where a character is not allowed, those are
     * percent-encoded, and so is every percent sign.
     */
    static String escaped(String authority) {
        return isEscaped(authority) ? authority : escape(authority);
    }

    private static boolean isEscaped(String authority) {
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (c == '%' ? !isEscape(authority, i) : !isAllowed(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0;
    }

    private static boolean isAllowed(char c) {
        return isAlphanumeric(c)
                || UNRESERVED_SIGNS.indexOf(c) >= 0
                || SUB_DELIMITERS.indexOf(c) >= 0
                || LITERAL_SIGNS.indexOf(c) >= 0;
    }

    private static String escape(String authority) {
        StringBuilder text = new StringBuilder(authority.length() + 8);
        for (byte b : authority.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (isAllowed(c)) {
                text.append(c);
            } else {
                text.append('%').append(String.format("%02X", (int) c));
            }
        }
        return text.toString();
    }

    private Authority() {}
}
