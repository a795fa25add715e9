// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says of the client's side of a request: the first element of {@code Forwarded} (RFC
 * 7239), or else the first of each {@code X-Forwarded-} field. What is missing or makes no sense is
 * null, and holds as it is on the connection.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority the host that the client has asked for, and its port where one is named
 * @param pathPrefix what the proxy has cut off the path; it begins with a slash and ends with none
 * @param clientHost an address, or the name that hides it
 * @param clientPort -1 where none is named
 */
record Forwarded(
        @Nullable String scheme,
        @Nullable String authority,
        @Nullable String pathPrefix,
        @Nullable String clientHost,
        int clientPort) {
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~-]+)(?::([0-9]{1,5}))?");

    private static final Pattern COMMA = Pattern.compile(",");

    private static final int PORT_MAX = 65_535;

    /** What {@code headers} say; for one request, once. */
    static Forwarded of(HttpHeaders headers) {
        String standard = headers.get("Forwarded");
        return standard == null ? ofOthers(headers) : ofElement(standard);
    }

    private static Forwarded ofElement(String field) {
        ForwardedElement element = ForwardedElement.first(field);
        return of(element.get("proto"), element.get("host"), null, element.get("for"), null);
    }

    private static Forwarded ofOthers(HttpHeaders headers) {
        String host = first(headers, "X-Forwarded-Host");
        return of(
                first(headers, "X-Forwarded-Proto"),
                host == null ? headers.get("Host") : host,
                first(headers, "X-Forwarded-Port"),
                first(headers, "X-Forwarded-For"),
                headers.get("X-Forwarded-Prefix"));
    }

    private static @Nullable String first(HttpHeaders headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            return null;
        }
        int comma = value.indexOf(',');
        return (comma < 0 ? value : value.substring(0, comma)).strip();
    }

    private static Forwarded of(
            @Nullable String proto,
            @Nullable String host,
            @Nullable String port,
            @Nullable String client,
            @Nullable String prefix) {
        Matcher of = HOST_AND_PORT.matcher(client == null ? "" : bracketed(client));
        boolean named = of.matches();
        return new Forwarded(
                scheme(proto),
                authority(host, port),
                prefix(prefix),
                named ? of.group(1) : null,
                named && of.group(2) != null ? port(of.group(2)) : -1);
    }

    /** X-Forwarded-For names IPv6 addresses without the brackets that a port would need. */
    private static String bracketed(String client) {
        boolean bare = client.indexOf(':') != client.lastIndexOf(':') && !client.startsWith("[");
        return bare ? "[" + client + "]" : client;
    }

    private static @Nullable String scheme(@Nullable String proto) {
        String name = proto == null ? "" : proto.toLowerCase(Locale.ROOT);
        return name.equals("http") || name.equals("https") ? name : null;
    }

    private static @Nullable String authority(@Nullable String host, @Nullable String port) {
        Matcher of = HOST_AND_PORT.matcher(host == null ? "" : host);
        if (!of.matches() || (of.group(2) != null && port(of.group(2)) < 0)) {
            return null;
        }
        boolean other = port != null && port.matches("[0-9]{1,5}") && port(port) > 0;
        return other ? of.group(1) + ":" + port : host;
    }

    /** Of several proxies, each has cut off a part of its own; the outermost comes first. */
    private static @Nullable String prefix(@Nullable String field) {
        if (field == null) {
            return null;
        }
        StringBuilder prefix = new StringBuilder(field.length());
        for (String part : COMMA.split(field, -1)) {
            String path = part.strip();
            int end = path.length();
            while (end > 0 && path.charAt(end - 1) == '/') {
                end--;
            }
            prefix.append(path, 0, end);
        }
        boolean valid = prefix.indexOf("?") < 0 && TargetCheck.isValid(prefix, false);
        return valid && prefix.charAt(0) == '/' ? prefix.toString() : null;
    }

    private static int port(String digits) {
        int port = Integer.parseInt(digits);
        return port <= PORT_MAX ? port : -1;
    }

    /** The client's address; without a port of its own, that of {@code connected}. */
    @Nullable InetSocketAddress remoteAddress(@Nullable InetSocketAddress connected) {
        String host = clientHost;
        if (host == null) {
            return connected;
        }
        int port = clientPort >= 0 ? clientPort : connected == null ? 0 : connected.getPort();
        try {
            String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
        } catch (IllegalArgumentException e) {
            // "unknown", or a name that hides the address (RFC 7239, 6.3): never looked up.
            return InetSocketAddress.createUnresolved(host, port);
        }
    }
}
