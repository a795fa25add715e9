// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/**
 * Requests that are nearly in order, put together from pieces. Each byte of the input is one
 * choice, so that who changes a byte of it changes one piece of a request; where the input ends,
 * every choice is the first, which is mostly the right one. A choice byte of {@value #ODD} and
 * above puts something odd there instead.
 */
final class RequestPieces {
    private static final int ODD = 0xf0;
    private static final int PIPELINED_MAX = 4;
    private static final int FIELDS_MAX = 6;

    static final String[] METHODS = {
        "GET",
        "POST",
        "OPTIONS",
        "HEAD",
        "PUT",
        "DELETE",
        "CONNECT",
        "PRI",
        "get",
        "BREW",
        "M-SEARCH",
        "A",
        "TRACE",
        "PATCH",
        "G|T",
        "1"
    };
    static final String[] TARGETS = {
        "/",
        "*",
        "/a?b=c",
        "http://a/",
        "http://a:80?b",
        "https://A",
        "//a/b",
        "/%2e%2E/%00",
        "a:80",
        "/a;b=c",
        "http://[::1]:80/",
        "/?",
        "/a[b]",
        "/?[",
        "HTTP://a",
        "/a//../b",
        "/@:!$&'()*+,;=",
        "http://a@b/",
        "/#",
        "/a%",
        "http://a%41/"
    };
    static final String[] VERSIONS = {
        "HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/0.9", "HTTP/1.1 ", ""
    };
    static final String[] HOSTS = {
        "a",
        "a:80",
        "[::1]:80",
        "a:",
        "A",
        "",
        "a.b-c_d~",
        "1.2.3.4",
        "[::1]",
        "a%41",
        "a:0",
        "a:00080",
        "a:65535",
        "[::ffff:1.2.3.4]",
        "[1:2]",
        "a!$&'()*+,;=",
        "[:::]",
        "a..b",
        "-",
        "999.1.1.1",
        "0x7f.1",
        "a@b",
        "a, b",
        "[::1]a",
        "[fe80::1%25a]",
        "%00",
        "a.",
        "[::.]",
        "[v1.a]"
    };
    static final String[] NAMES = {
        "A",
        "Host",
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Expect",
        "Upgrade",
        "TE",
        "Trailer",
        "Content-Type",
        "Accept",
        "Accept-Encoding",
        "Cookie",
        "Keep-Alive",
        "Sec-WebSocket-Key1",
        "Sec-WebSocket-Key2",
        "Sec-WebSocket-Key",
        "Authorization",
        "User-Agent",
        "Content-Encoding",
        "HTTP2-Settings",
        "Proxy-Connection",
        "X-Forwarded-For",
        "If-Match",
        "Date",
        "!#$%&'*+-.^_`|~",
        "content-Length",
        "Content_Length",
        "Content-Length-",
        "Accept-Charset",
        "Cache-Control",
        "Pragma",
        "Origin",
        "Referer",
        "Range",
        "Max-Forwards",
        "Forwarded",
        "Via"
    };
    static final String[] VALUES = {
        "b",
        "",
        "close",
        "keep-alive",
        "chunked",
        "100-continue",
        "websocket",
        "Upgrade, HTTP2-Settings",
        "gzip, deflate",
        "gzip",
        "*/*",
        "0",
        "5",
        "trailers",
        "h2c",
        "identity",
        "a, b",
        "\"a\"",
        "\u00e4",
        "a  b",
        "a\tb",
        "Close",
        "Keep-Alive, close",
        "no-cache",
        "max-age=0",
        "en-US,en;q=0.5",
        ":",
        "::",
        "text/plain",
        "application/json",
        "a=b; c=\"d;e\"",
        "chunked, chunked",
        "gzip, chunked",
        "close, keep-alive",
        "CHUNKED",
        "\u00a0",
        "\u0085",
        "\u00ff",
        "4 @1  46546xW%0l 1 5",
        "gzip,deflate,br",
        "text/html;charset=utf-8",
        "bytes",
        "Mozilla/5.0",
        ";",
        ",",
        "=",
        "#"
    };
    static final String[] SPACES = {" ", "", "\t", "  ", " \t ", "\u00a0", "\r\n "};
    static final String[] ENDS = {"\r\n", "\n", "\r", "\r\r\n", "\n\r", "\r\n\r\n"};
    static final String[] LENGTHS = {
        "5",
        "0",
        "1",
        "3",
        "05",
        "00",
        "+5",
        "-1",
        "5, 5",
        "0x5",
        "10",
        "1048577",
        "99999999999999999999",
        "000000000000000005",
        "5 5",
        "\u0665"
    };
    static final String[] CODINGS = {
        "chunked",
        "Chunked",
        "gzip, chunked",
        "identity",
        "chunked, identity",
        "xchunked",
        "\"chunked\"",
        "chunked;a=b",
        ",chunked",
        "chunked,",
        "",
        "chunked\t"
    };
    static final String[] SIZES = {
        "5",
        "1",
        "05",
        "A",
        "a",
        "0a",
        "00000000005",
        "0x5",
        "5 ",
        "+5",
        "",
        "fffffffff",
        "80000000",
        "000000000000005",
        "0000000000000005",
        "5g"
    };
    static final String[] EXTENSIONS = {
        "",
        ";a",
        ";a=b",
        ";a=\"b\"",
        ";a=\"b;c\\\"\"",
        ";a;b",
        "; a",
        ";",
        ";a=",
        ";=b",
        ";a=\"\r\n\"",
        ";a=\"\u00e4\"",
        ";a=\"\\\u00e4\\\\\"",
        ";a=\"\t\"",
        ";a=\"\"",
        ";a=\"b",
        ";a =b",
        " ;a",
        ";a=b;c=\"d\";e",
        ";a=\"\\\t\"",
        ";!=~",
        ";a=\"b\";c"
    };
    static final String[] CONTENTS = {
        "abcde", "a", "", "\r\n\r\n0", "0\r\n\r\n", "abcdefghij", "\n\n\n\n\n"
    };
    static final String[] ODDITIES = {
        "\0",
        "\r",
        "\n",
        " ",
        "\t",
        "\u000b",
        "\u000c",
        "\u007f",
        "\u0080",
        "\u00ff",
        ":",
        ";",
        "\"",
        "\r\n",
        "\r\n\r\n",
        "%0d%0a",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "0\r\n\r\n",
        ",",
        "\u001c",
        "\u0085"
    };

    private final byte[] choices;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;

    private RequestPieces(byte[] choices, int from) {
        this.choices = choices;
        this.at = from;
    }

    /** The bytes of the requests that the choices from {@code from} on make. */
    static byte[] bytes(byte[] choices, int from) {
        RequestPieces pieces = new RequestPieces(choices, from);
        int requests = 0;
        do {
            pieces.request();
            requests++;
        } while (requests < PIPELINED_MAX && pieces.at < choices.length);
        return pieces.out.toByteArray();
    }

    private int choice() {
        return at < choices.length ? choices[at++] & 0xff : 0;
    }

    private void add(String text) {
        out.writeBytes(text.getBytes(ISO_8859_1));
    }

    /** One of {@code pieces}, or something odd before, behind or instead of it. */
    private void one(String... pieces) {
        int choice = choice();
        if (choice < ODD) {
            add(pieces[choice % pieces.length]);
            return;
        }
        String odd = ODDITIES[choice() % ODDITIES.length];
        String piece = pieces[choice() % pieces.length];
        switch (choice % 4) {
            case 0 -> add(odd + piece);
            case 1 -> add(piece + odd);
            case 2 -> add(odd);
            default -> {
                int middle = piece.length() / 2;
                add(piece.substring(0, middle) + odd + piece.substring(middle));
            }
        }
    }

    private void request() {
        int shape = choice();
        if (shape % 8 == 7) {
            add("\r\n");
        }
        one(METHODS);
        add(" ");
        one(TARGETS);
        add(" ");
        one(VERSIONS);
        one(ENDS);
        if (shape / 8 % 8 != 7) {
            field("Host", HOSTS);
        }
        for (int fields = choice() % FIELDS_MAX; fields > 0; fields--) {
            one(NAMES);
            add(":");
            one(SPACES);
            one(VALUES);
            one(SPACES[1], SPACES[0], SPACES[2]);
            one(ENDS);
        }
        switch (shape / 64) {
            case 0 -> one(ENDS);
            case 1 -> {
                field("Content-Length", LENGTHS);
                one(ENDS);
                one(CONTENTS);
            }
            case 2 -> chunked();
            default -> {
                field("Content-Length", LENGTHS);
                chunked();
            }
        }
    }

    private void field(String name, String... values) {
        one(name, name.toLowerCase(java.util.Locale.ROOT));
        add(":");
        one(SPACES);
        one(values);
        one(ENDS);
    }

    private void chunked() {
        field("Transfer-Encoding", CODINGS);
        one(ENDS);
        for (int chunks = choice() % 4; chunks > 0; chunks--) {
            one(SIZES);
            one(EXTENSIONS);
            one(ENDS);
            one(CONTENTS);
            one(ENDS);
        }
        one("0", "00", "0000000000000000");
        one(EXTENSIONS);
        one(ENDS);
        for (int trailers = choice() % 3; trailers > 0; trailers--) {
            one(NAMES);
            add(":");
            one(SPACES);
            one(VALUES);
            one(ENDS);
        }
        one(ENDS);
    }
}
