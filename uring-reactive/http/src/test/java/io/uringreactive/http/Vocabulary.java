// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * The pieces that {@link RequestPieces} has to choose from: what is usual, what is rare and what is
 * wrong, the usual first. Separated by spaces, each in {@link WireText}; {@code <>} is the empty
 * one.
 */
final class Vocabulary {
    static final String[] METHODS =
            pieces(
                    """
                    GET POST OPTIONS HEAD PUT DELETE CONNECT PRI get BREW M-SEARCH A TRACE PATCH
                    G|T 1
                    """);

    static final String[] TARGETS =
            pieces(
                    """
                    / * /a?b=c http://a/ http://a:80?b https://A //a/b /%2e%2E/%00 a:80 /a;b=c
                    http://[::1]:80/ /? /a[b] /?[ HTTP://a /a//../b /@:!$&'()*+,;= http://a@b/ /#
                    /a% http://a%41/
                    """);

    static final String[] VERSIONS =
            pieces(
                    """
                    HTTP/1.1 HTTP/1.0 HTTP/1.2 HTTP/2.0 http/1.1 HTTP/0.9 HTTP/1.1\\x20 <>
                    """);

    static final String[] HOSTS =
            pieces(
                    """
                    a a:80 [::1]:80 a: A <> a.b-c_d~ 1.2.3.4 [::1] a%41 a:0 a:00080 a:65535
                    [::ffff:1.2.3.4] [1:2] a!$&'()*+,;= [:::] a..b - 999.1.1.1 0x7f.1 a@b a,\\x20b
                    [::1]a [fe80::1%25a] %00 a. [::.] [v1.a]
                    """);

    static final String[] NAMES =
            pieces(
                    """
                    A Host Content-Length Transfer-Encoding Connection Expect Upgrade TE Trailer
                    Content-Type Accept Accept-Encoding Cookie Keep-Alive Sec-WebSocket-Key1
                    Sec-WebSocket-Key2 Sec-WebSocket-Key Authorization User-Agent Content-Encoding
                    HTTP2-Settings Proxy-Connection X-Forwarded-For If-Match Date !#$%&'*+-.^_`|~
                    content-Length Content_Length Content-Length- Accept-Charset Cache-Control
                    Pragma Origin Referer Range Max-Forwards Forwarded Via
                    """);

    static final String[] VALUES =
            pieces(
                    """
                    b <> close keep-alive chunked 100-continue websocket
                    Upgrade,\\x20HTTP2-Settings gzip,\\x20deflate gzip */* 0 5 trailers h2c identity
                    a,\\x20b "a" \\xe4 a\\x20\\x20b a\\tb Close Keep-Alive,\\x20close no-cache max-age=0
                    en-US,en;q=0.5 : :: text/plain application/json a=b;\\x20c="d;e"
                    chunked,\\x20chunked gzip,\\x20chunked close,\\x20keep-alive CHUNKED \\xa0 \\x85
                    \\xff 4\\x20@1\\x20\\x2046546xW%0l\\x201\\x205 gzip,deflate,br
                    text/html;charset=utf-8 bytes Mozilla/5.0 ; , = #
                    """);

    static final String[] SPACES =
            pieces(
                    """
                    \\x20 <> \\t \\x20\\x20 \\x20\\t\\x20 \\xa0 \\r\\n\\x20
                    """);

    static final String[] ENDS =
            pieces(
                    """
                    \\r\\n \\n \\r \\r\\r\\n \\n\\r \\r\\n\\r\\n
                    """);

    static final String[] LENGTHS =
            pieces(
                    """
                    5 0 1 3 05 00 +5 -1 5,\\x205 0x5 10 1048577 99999999999999999999
                    000000000000000005 5\\x205 5
                    """);

    static final String[] CODINGS =
            pieces(
                    """
                    chunked Chunked gzip,\\x20chunked identity chunked,\\x20identity xchunked
                    "chunked" chunked;a=b ,chunked chunked, <> chunked\\t
                    """);

    static final String[] SIZES =
            pieces(
                    """
                    5 1 05 A a 0a 00000000005 0x5 5\\x20 +5 <> fffffffff 80000000 000000000000005
                    0000000000000005 5g
                    """);

    static final String[] EXTENSIONS =
            pieces(
                    """
                    <> ;a ;a=b ;a="b" ;a="b;c\\\\"" ;a;b ;\\x20a ; ;a= ;=b ;a="\\r\\n" ;a="\\xe4"
                    ;a="\\\\\\xe4\\\\\\\\" ;a="\\t" ;a="" ;a="b ;a\\x20=b \\x20;a ;a=b;c="d";e ;a="\\\\\\t"
                    ;!=~ ;a="b";c
                    """);

    static final String[] CONTENTS =
            pieces(
                    """
                    abcde a <> \\r\\n\\r\\n0 0\\r\\n\\r\\n abcdefghij \\n\\n\\n\\n\\n
                    """);

    static final String[] ODDITIES =
            pieces(
                    """
                    \\x00 \\r \\n \\x20 \\t \\x0b \\x0c \\x7f \\x80 \\xff : ; " \\r\\n \\r\\n\\r\\n %0d%0a
                    GET\\x20/\\x20HTTP/1.1\\r\\nHost:\\x20a\\r\\n\\r\\n 0\\r\\n\\r\\n , \\x1c \\x85
                    """);

    private static String[] pieces(String text) {
        return Arrays.stream(text.strip().split("[ \n]", -1))
                .map(piece -> piece.equals("<>") ? "" : piece)
                .map(piece -> new String(WireText.bytes(piece), ISO_8859_1))
                .toArray(String[]::new);
    }

    private Vocabulary() {}
}
