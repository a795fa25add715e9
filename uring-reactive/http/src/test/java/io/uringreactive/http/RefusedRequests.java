// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static io.uringreactive.http.HttpViolation.*;

import java.util.stream.Stream;

/** Requests that are to be refused, each with the rule that it breaks. */
final class RefusedRequests {
    private static final String CHUNKED =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n";

    /** Its name begins with the section of the RFC; the request is in ISO 8859-1. */
    record Refused(String name, HttpViolation violation, String request) {
        @Override
        public String toString() {
            return violation.section() + " " + violation + ": " + name;
        }
    }

    static Stream<Refused> all() {
        return Stream.of(
                        requestLines(), targets(), fields(), hosts(), lengths(), chunks(), limits())
                .flatMap(part -> part);
    }

    private static Stream<Refused> requestLines() {
        return Stream.of(
                bad("leading space", METHOD_MALFORMED, " GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("no method", METHOD_MALFORMED, "\tGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("brackets", METHOD_MALFORMED, "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("NUL", METHOD_MALFORMED, "G\0T / HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("above ASCII", METHOD_MALFORMED, "G\u00e4T / HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("nothing but a line", METHOD_MALFORMED, "GET\r\nHost: a\r\n\r\n"),
                bad("two empty lines", METHOD_MALFORMED, "\r\n\r\n" + GET + "\r\n"),
                bad("bare LF before", METHOD_MALFORMED, "\n" + GET + "\r\n"),
                bad("CR before", BARE_CR, "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("of 33 letters", METHOD_TOO_LONG, "A".repeat(33) + " / HTTP/1.1\r\n\r\n"),
                bad("CONNECT", METHOD_CONNECT, "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n"),
                bad("0.9", TARGET_MALFORMED, "GET /\r\n"),
                bad("no version", VERSION_MALFORMED, "GET / \r\nHost: a\r\n\r\n"),
                bad("lower case", VERSION_MALFORMED, "GET / http/1.1\r\nHost: a\r\n\r\n"),
                bad("one digit", VERSION_MALFORMED, "GET / HTTP/1\r\nHost: a\r\n\r\n"),
                bad("three digits", VERSION_MALFORMED, "GET / HTTP/1.10\r\nHost: a\r\n\r\n"),
                bad("leading zero", VERSION_MALFORMED, "GET / HTTP/01.1\r\nHost: a\r\n\r\n"),
                bad("space behind", VERSION_MALFORMED, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
                bad("word behind", VERSION_MALFORMED, "GET / HTTP/1.1 x\r\nHost: a\r\n\r\n"),
                bad("two spaces before", VERSION_MALFORMED, "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"),
                bad("1.2", VERSION_UNSUPPORTED, "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
                bad("0.9 said", VERSION_UNSUPPORTED, "GET / HTTP/0.9\r\nHost: a\r\n\r\n"),
                bad("HTTP/2's preface", TARGET_MALFORMED, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                bad("2.0", VERSION_UNSUPPORTED, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
                bad("request line", BARE_LF, "GET / HTTP/1.1\nHost: a\r\n\r\n"),
                bad("request line, CR then letter", BARE_CR, "GET / HTTP/1.1\rHost: a\r\n\r\n"));
    }

    private static Stream<Refused> targets() {
        return Stream.of(
                        "",
                        "a",
                        "?a",
                        "/a\tb",
                        "/a#b",
                        "/%",
                        "/%4",
                        "/%zz",
                        "/?%g0",
                        "/\"",
                        "/<a>",
                        "/a\\b",
                        "/^",
                        "/`",
                        "/{a}",
                        "/a|b",
                        "/[a]",
                        "/?a|b",
                        "/\u00e4",
                        "/\u0001",
                        "/\u007f",
                        "*",
                        "*a",
                        "a:80",
                        "http://",
                        "http:///a",
                        "http://u@a/",
                        "http://a:b/",
                        "http://a:65536/",
                        "http://[::1/",
                        "http://[a]/",
                        "ftp://a/",
                        "http:/a")
                .map(
                        target ->
                                bad(
                                        "[" + target + "]",
                                        TARGET_MALFORMED,
                                        "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    private static Stream<Refused> fields() {
        return Stream.of(
                bad("folded", FIELD_FOLDED, GET + "A: b\r\n c\r\n\r\n"),
                bad("folded by a tab", FIELD_FOLDED, GET + "A: b\r\n\tc\r\n\r\n"),
                bad("before the first", FIELD_FOLDED, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
                bad("space", FIELD_SPACE_BEFORE_COLON, GET + "A : b\r\n\r\n"),
                bad("tab", FIELD_SPACE_BEFORE_COLON, GET + "A\t: b\r\n\r\n"),
                bad("within", FIELD_SPACE_BEFORE_COLON, GET + "A B: b\r\n\r\n"),
                bad("no name", FIELD_NAME_MALFORMED, GET + ": b\r\n\r\n"),
                bad("no colon", FIELD_NAME_MALFORMED, GET + "A\r\n\r\n"),
                bad("brackets", FIELD_NAME_MALFORMED, GET + "A(b): c\r\n\r\n"),
                bad("above ASCII", FIELD_NAME_MALFORMED, GET + "\u00e4: c\r\n\r\n"),
                bad("NUL in the name", FIELD_NAME_MALFORMED, GET + "A\0: c\r\n\r\n"),
                bad("NUL", FIELD_VALUE_MALFORMED, GET + "A: b\0c\r\n\r\n"),
                bad("bell", FIELD_VALUE_MALFORMED, GET + "A: b\u0007\r\n\r\n"),
                bad("vertical tab", FIELD_VALUE_MALFORMED, GET + "A:\u000bb\r\n\r\n"),
                bad("delete", FIELD_VALUE_MALFORMED, GET + "A: b\u007f\r\n\r\n"),
                bad("value", BARE_LF, GET + "A: b\nC: d\r\n\r\n"),
                bad("name", BARE_LF, GET + "A\n: d\r\n\r\n"),
                bad("end of head", BARE_LF, GET + "\n"),
                bad("value, CR within", BARE_CR, GET + "A: b\rc\r\n\r\n"),
                bad("CR CR LF", BARE_CR, GET + "A: b\r\r\n\r\n"),
                bad("end of head, CR then letter", BARE_CR, GET + "\rA: b\r\n\r\n"),
                bad("unknown", EXPECTATION_UNKNOWN, GET + "Expect: coffee\r\n\r\n"));
    }

    private static Stream<Refused> hosts() {
        Stream<Refused> malformed =
                Stream.of("", " ", "a b", "a/b", "u@a", "a:b", "a:1:2", ":80", "a:65536")
                        .map(
                                host ->
                                        bad(
                                                "[" + host + "]",
                                                HOST_MALFORMED,
                                                "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
        Stream<Refused> more =
                Stream.of(
                                "[::1", "::1", "[]", "[::g]", "[:::]", "[1:2]", "[::.]", "a:",
                                "a:0", "a:080", "a%", "a%2", "a\\b", "\u00e4", "a?b", "a#b")
                        .map(
                                host ->
                                        bad(
                                                "[" + host + "]",
                                                HOST_MALFORMED,
                                                "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
        String absolute = "GET http://a/ HTTP/1.1\r\n";
        Stream<Refused> others =
                Stream.of(
                        bad("none", HOST_MISSING, "GET / HTTP/1.1\r\n\r\n"),
                        bad("none, absolute-form", HOST_MISSING, absolute + "\r\n"),
                        bad("twice the same", HOST_DUPLICATE, GET + "Host: a\r\n\r\n"),
                        bad("twice, other case", HOST_DUPLICATE, GET + "hOST: a\r\n\r\n"),
                        bad("1.0, invalid", HOST_MALFORMED, "GET / HTTP/1.0\r\nHost: a b\r\n\r\n"),
                        bad("other host", HOST_MISMATCH, absolute + "Host: b\r\n\r\n"),
                        bad("other port", HOST_MISMATCH, absolute + "Host: a:80\r\n\r\n"),
                        bad(
                                "other port in the target",
                                HOST_MISMATCH,
                                "GET http://a:1/ HTTP/1.1\r\nHost: a\r\n\r\n"));
        return Stream.of(malformed, more, others).flatMap(part -> part);
    }

    private static Stream<Refused> lengths() {
        String post = "POST / HTTP/1.1\r\nHost: a\r\n";
        Stream<Refused> malformed =
                Stream.of("", "-1", "+1", "1 1", "1,1", "0x1", "1a", "\u00b2", "1.0", "\"1\"")
                        .map(
                                length ->
                                        bad(
                                                "[" + length + "]",
                                                CONTENT_LENGTH_MALFORMED,
                                                post + "Content-Length: " + length + "\r\n\r\na"));
        String te = "Transfer-Encoding: ";
        return Stream.concat(
                malformed,
                Stream.of(
                        bad("of 19 digits", CONTENT_TOO_LARGE, length("1".repeat(19))),
                        bad("2^64", CONTENT_TOO_LARGE, length("18446744073709551617")),
                        bad(
                                "twice the same",
                                CONTENT_LENGTH_DUPLICATE,
                                length("1\r\nContent-Length: 1")),
                        bad("two", CONTENT_LENGTH_DUPLICATE, length("1\r\ncontent-length: 2")),
                        bad("length first", LENGTH_AND_CODING, length("1\r\n" + te + "chunked")),
                        bad(
                                "coding first",
                                LENGTH_AND_CODING,
                                post + te + "chunked\r\nContent-Length: 0\r\n\r\n"),
                        bad("identity", CODING_NOT_CHUNKED, post + te + "identity\r\n\r\n"),
                        bad("empty", CODING_NOT_CHUNKED, post + te + "\r\n\r\n"),
                        bad("gzip", CODING_NOT_CHUNKED, post + te + "gzip\r\n\r\n"),
                        bad("xchunked", CODING_NOT_CHUNKED, post + te + "xchunked\r\n\r\n"),
                        bad("quoted", CODING_NOT_CHUNKED, post + te + "\"chunked\"\r\n\r\n"),
                        bad("parameter", CODING_NOT_CHUNKED, post + te + "chunked;a=b\r\n\r\n"),
                        bad(
                                "chunked first",
                                CODING_NOT_CHUNKED,
                                post + te + "chunked, gzip\r\n\r\n"),
                        bad(
                                "vertical tab",
                                FIELD_VALUE_MALFORMED,
                                post + te + "\u000bchunked\r\n\r\n"),
                        bad(
                                "no-break space",
                                CODING_NOT_CHUNKED,
                                post + te + "\u00a0chunked\r\n\r\n"),
                        bad(
                                "twice in one",
                                CODING_NOT_CHUNKED,
                                post + te + "chunked, chunked\r\n\r\n"),
                        bad(
                                "twice",
                                CODING_DUPLICATE,
                                post + te + "chunked\r\n" + te + "chunked\r\n\r\n"),
                        bad("gzip too", CODING_UNSUPPORTED, post + te + "gzip, chunked\r\n\r\n"),
                        bad(
                                "WebSocket's third key",
                                BODY_UNDECLARED,
                                GET
                                        + "Sec-WebSocket-Key2: b\r\nSec-WebSocket-Key1: b\r\n"
                                        + "\r\nabcdefgh"),
                        bad(
                                "1.0",
                                CODING_ON_1_0,
                                "POST / HTTP/1.0\r\nHost: a\r\n" + te + "chunked\r\n\r\n")));
    }

    private static String length(String text) {
        return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + text + "\r\n\r\na";
    }

    private static Stream<Refused> chunks() {
        return Stream.of(
                bad("no size", CHUNK_SIZE_MALFORMED, CHUNKED + "\r\n"),
                bad("sign", CHUNK_SIZE_MALFORMED, CHUNKED + "+1\r\na\r\n"),
                bad("minus", CHUNK_SIZE_MALFORMED, CHUNKED + "-1\r\na\r\n"),
                bad("0x", CHUNK_SIZE_MALFORMED, CHUNKED + "0x1\r\na\r\n"),
                bad("letter", CHUNK_SIZE_MALFORMED, CHUNKED + "g\r\n"),
                bad("space before", CHUNK_SIZE_MALFORMED, CHUNKED + " 1\r\na\r\n"),
                bad("space behind", CHUNK_SIZE_MALFORMED, CHUNKED + "1 \r\na\r\n"),
                bad("of 16 digits", CONTENT_TOO_LARGE, CHUNKED + "1000000000000000\r\n"),
                bad("2^64", CONTENT_TOO_LARGE, CHUNKED + "10000000000000001\r\na\r\n"),
                bad("size line", BARE_LF, CHUNKED + "1\na\r\n0\r\n\r\n"),
                bad("size line, CR then letter", BARE_CR, CHUNKED + "1\ra\r\n"),
                bad("extension", BARE_LF, CHUNKED + "1;a=b\na\r\n"),
                bad("LF in quotes", CHUNK_EXTENSION_MALFORMED, CHUNKED + "1;a=\"b\nc\"\r\na\r\n"),
                bad("CR in quotes", CHUNK_EXTENSION_MALFORMED, CHUNKED + "1;a=\"b\rc\"\r\na\r\n"),
                bad("no name", CHUNK_EXTENSION_MALFORMED, CHUNKED + "1;\r\na\r\n"),
                bad("no value", CHUNK_EXTENSION_MALFORMED, CHUNKED + "1;a=\r\na\r\n"),
                bad("open quotes", CHUNK_EXTENSION_MALFORMED, CHUNKED + "1;a=\"b\r\na\r\n"),
                bad("escaped CR", CHUNK_EXTENSION_MALFORMED, CHUNKED + "1;a=\"\\\r\"\r\na\r\n"),
                bad("obs-text", CHUNK_EXTENSION_MALFORMED, CHUNKED + "1;a=\"\u00e4\"\r\na\r\n"),
                bad(
                        "escaped obs-text",
                        CHUNK_EXTENSION_MALFORMED,
                        CHUNKED + "1;a=\"\\\u00e4\"\r\na\r\n"),
                bad("behind quotes", CHUNK_EXTENSION_MALFORMED, CHUNKED + "1;a=\"b\"c\r\na\r\n"),
                bad("quotes in a token", CHUNK_EXTENSION_MALFORMED, CHUNKED + "1;a=b\"\r\na\r\n"),
                bad("space", CHUNK_EXTENSION_MALFORMED, CHUNKED + "1; a=b\r\na\r\n"),
                bad("data too long", CHUNK_UNTERMINATED, CHUNKED + "1\r\nab\r\n0\r\n\r\n"),
                bad("data too short", CHUNK_UNTERMINATED, CHUNKED + "3\r\na\r\n0\r\n\r\n"),
                bad("LF behind data", CHUNK_UNTERMINATED, CHUNKED + "1\r\na\n0\r\n\r\n"),
                bad("CR behind data", CHUNK_UNTERMINATED, CHUNKED + "1\r\na\r0\r\n\r\n"),
                bad("in a trailer", BARE_LF, CHUNKED + "0\r\nA: b\n\r\n"),
                bad("in a trailer, CR", BARE_CR, CHUNKED + "0\r\nA: b\rC: d\r\n\r\n"),
                bad("behind the last chunk", BARE_LF, CHUNKED + "0\r\n\n"),
                bad("folded trailer", FIELD_FOLDED, CHUNKED + "0\r\nA: b\r\n c\r\n\r\n"),
                bad("trailer", FIELD_SPACE_BEFORE_COLON, CHUNKED + "0\r\nA : b\r\n\r\n"),
                bad("length", TRAILER_FORBIDDEN, CHUNKED + "0\r\nContent-Length: 1\r\n\r\n"),
                bad(
                        "coding",
                        TRAILER_FORBIDDEN,
                        CHUNKED + "0\r\nTransfer-Encoding: chunked\r\n\r\n"),
                bad("trailer", TRAILER_FORBIDDEN, CHUNKED + "0\r\nTrailer: A\r\nA: b\r\n\r\n"),
                bad("host", TRAILER_FORBIDDEN, CHUNKED + "0\r\nHost: b\r\n\r\n"));
    }

    private static Stream<Refused> limits() {
        return Stream.of(
                bad("target", TARGET_TOO_LONG, "GET /" + "a".repeat(300) + " HTTP/1.1\r\n\r\n"),
                bad("one field", FIELDS_TOO_LARGE, GET + "A: " + "b".repeat(600) + "\r\n\r\n"),
                bad("one name", FIELDS_TOO_LARGE, GET + "A".repeat(600) + ": b\r\n\r\n"),
                bad("many fields", FIELDS_TOO_MANY, GET + "A: b\r\n".repeat(20) + "\r\n"),
                bad(
                        "trailers",
                        FIELDS_TOO_MANY,
                        CHUNKED + "0\r\n" + "A: b\r\n".repeat(20) + "\r\n"),
                bad("extensions", FIELDS_TOO_LARGE, CHUNKED + ("1" + ";a".repeat(400)) + "\r\n"),
                bad("length", CONTENT_TOO_LARGE, length("1001")),
                bad("chunk", CONTENT_TOO_LARGE, CHUNKED + "3e9\r\n"),
                bad("chunks", CONTENT_TOO_LARGE, CHUNKED + "1\r\na\r\n3e8\r\n"));
    }

    private static Refused bad(String name, HttpViolation violation, String request) {
        return new Refused(name, violation, request);
    }

    private RefusedRequests() {}
}
