// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.http.RefusedRequests.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** The table of requests, refused and served, each whole and cut at every byte. */
class StrictTest {
    static final HttpOptions OPTIONS =
            HttpOptions.port(0)
                    .requestLineBytesMax(256)
                    .headerBytesMax(512)
                    .headersMax(16)
                    .bodyBytesMax(1000);

    /** A request that is in order, and what its handler sees of it. */
    record Served(String name, String request, String seen) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Refused> refused() {
        return RefusedRequests.all();
    }

    static Stream<Served> served() {
        String host = "Host: a\r\n";
        String chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                ok(
                        "9112 3.2.1 origin-form",
                        "GET /a?b=c HTTP/1.1\r\nHost: a\r\n\r\n",
                        "GET /a?b=c"),
                ok("9112 2.2 empty line before", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /"),
                ok(
                        "9112 3.2.2 absolute-form",
                        "GET http://A:1/b HTTP/1.1\r\nHost: a:1\r\n\r\n",
                        "GET http://A:1/b"),
                ok(
                        "9112 3.2.2 without path",
                        "GET http://a?b HTTP/1.1\r\nHost: a\r\n\r\n",
                        "GET http://a?b"),
                ok(
                        "9112 3.2.4 asterisk-form",
                        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                        "OPTIONS *"),
                ok("9112 2.3 HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", "GET /"),
                ok("9110 9.1 unknown method", "BREW / HTTP/1.1\r\n" + host + "\r\n", "BREW /"),
                ok("9110 7.2 IPv6", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET /"),
                ok("9110 7.2 port", "GET / HTTP/1.1\r\nHost: a:65535\r\n\r\n", "GET /"),
                ok(
                        "9110 6.6.2 trailers announced",
                        chunked.replace("Host", "Trailer: T\r\nHost") + "0\r\nT: u\r\n\r\n",
                        "POST / [T: u]"),
                ok("9110 5.5 obs-text", "GET / HTTP/1.1\r\n" + host + "A: \u00e4\r\n\r\n", "GET /"),
                ok("9110 5.5 no value", "GET / HTTP/1.1\r\n" + host + "A:\r\n\r\n", "GET /"),
                ok(
                        "9112 5.1 white space around",
                        "GET / HTTP/1.1\r\nHost:\t a \t\r\n\r\n",
                        "GET /"),
                ok(
                        "3986 3.4 brackets in the query",
                        "GET /?a[b]=c HTTP/1.1\r\n" + host + "\r\n",
                        "GET /?a[b]=c"),
                ok(
                        "3986 2.1 escapes",
                        "GET /%C3%a4?%20 HTTP/1.1\r\n" + host + "\r\n",
                        "GET /%C3%a4?%20"),
                ok(
                        "9112 6.2 length",
                        "POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc",
                        "POST / abc"),
                ok(
                        "9112 6.2 length 0",
                        "POST / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n",
                        "POST /"),
                ok(
                        "9112 6.2 leading zeros",
                        "POST / HTTP/1.1\r\n" + host + "Content-Length: 0003\r\n\r\nabc",
                        "POST / abc"),
                ok(
                        "9112 6.2 line ends in it",
                        "POST / HTTP/1.1\r\n" + host + "Content-Length: 4\r\n\r\n\n\r\n\n",
                        "POST / \n\r\n\n"),
                ok(
                        "9112 7.1 chunks",
                        chunked + "1\r\na\r\n0A\r\nbcdefghijk\r\n0\r\n\r\n",
                        "POST / abcdefghijk"),
                ok("9112 7.1 no chunks", chunked + "000\r\n\r\n", "POST /"),
                ok(
                        "9112 7.1 line ends in chunks",
                        chunked + "4\r\n\r\n\n\r\r\n0\r\n\r\n",
                        "POST / \r\n\n\r"),
                ok(
                        "9112 7.1.1 extensions",
                        chunked + "1;a;b=c;d=\"e;\\\"f\"\r\nx\r\n0;g\r\n\r\n",
                        "POST / x"),
                ok(
                        "9112 7.1.2 trailers",
                        chunked + "1\r\na\r\n0\r\nT: u\r\nV:\r\n\r\n",
                        "POST / a [T: u, V: ]"),
                ok(
                        "9112 6.1 other case",
                        "POST / HTTP/1.1\r\n"
                                + host
                                + "transfer-encoding: Chunked\r\n\r\n0\r\n\r\n",
                        "POST /"));
    }

    private static Served ok(String name, String request, String seen) {
        return new Served(name, request, seen);
    }

    /** Tells what it saw. */
    private static Mono<Void> tell(HttpRequest request, HttpResponse response) {
        StringBuilder seen = new StringBuilder();
        return request.body()
                .doOnNext(
                        piece -> {
                            seen.append(piece.toString(ISO_8859_1));
                            piece.release();
                        })
                .then(
                        Mono.defer(
                                () -> {
                                    String trailers =
                                            request.trailers().isEmpty()
                                                    ? ""
                                                    : " "
                                                            + request.trailers().entries().stream()
                                                                    .map(
                                                                            e ->
                                                                                    e.getKey()
                                                                                            + ": "
                                                                                            + e
                                                                                                    .getValue())
                                                                    .toList();
                                    String body = seen.isEmpty() ? "" : " " + seen;
                                    return response.send(
                                            Mono.just(
                                                    Unpooled.copiedBuffer(
                                                            request + body + trailers,
                                                            ISO_8859_1)));
                                }));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldRefuseAtEveryCut(Refused refused) {
        byte[] bytes = refused.request().getBytes(ISO_8859_1);
        for (int cut = 0; cut < bytes.length; cut++) {
            List<String> handled = new ArrayList<>();
            Peer peer =
                    new Peer(
                            OPTIONS,
                            (request, response) -> {
                                handled.add(request.toString());
                                return tell(request, response);
                            });
            peer.write(bytes, 0, cut);
            peer.write(bytes, cut, bytes.length);
            String answer = peer.answers();
            assertTrue(answer.startsWith("HTTP/1.1 " + refused.violation().status() + " "), answer);
            assertTrue(answer.contains("connection: close\r\n"), answer);
            assertTrue(peer.sawEnd(), "closed");
            // What is wrong with the body is found when the handler has begun.
            boolean inBody =
                    refused.request().contains("\r\n\r\n")
                            && refused.request().contains("chunked\r\n\r\n");
            assertTrue(handled.isEmpty() || inBody, () -> "handled: " + handled);
            peer.assertNothingLeaked();
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldNameTheRule(Refused refused) {
        byte[] bytes = refused.request().getBytes(ISO_8859_1);
        WireCheck check = new WireCheck(OPTIONS);
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        while (in.isReadable() && check.violation() == null) {
            in.skipBytes(check.check(in));
        }
        assertEquals(refused.violation(), check.violation());
    }

    @ParameterizedTest
    @MethodSource("served")
    void shouldServeAtEveryCut(Served served) {
        byte[] bytes = served.request().getBytes(ISO_8859_1);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Peer peer = new Peer(OPTIONS, StrictTest::tell);
            peer.write(bytes, 0, cut);
            peer.write(bytes, cut, bytes.length);
            // The connection goes on behind it, if it may, where the request really ends.
            peer.write(bytes, 0, bytes.length);
            String answers = peer.answers();
            String body = "\r\n\r\n" + served.seen();
            assertTrue(answers.startsWith("HTTP/1.1 200 OK\r\n"), answers);
            boolean keeps = !served.request().contains("HTTP/1.0");
            assertEquals(keeps ? 2 : 1, answers.split("HTTP/1.1 200 OK", -1).length - 1, answers);
            assertTrue(answers.endsWith(body), answers);
            assertEquals(!keeps, peer.sawEnd());
            peer.assertNothingLeaked();
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void shouldServeByteByByte(Served served) {
        WireCheck check = new WireCheck(OPTIONS);
        for (byte one : served.request().getBytes(ISO_8859_1)) {
            ByteBuf in = Unpooled.wrappedBuffer(new byte[] {one});
            assertEquals(1, check.check(in));
            assertNull(check.violation());
        }
        assertTrue(check.isBetweenRequests());
    }
}
