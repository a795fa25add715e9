// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.cli.RequestScanner.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScannerTest {
    private static final String WRK = "GET / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n";
    private static final String AB = "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\nHost: h\r\n\r\n";

    /** Everything that a reply can depend on, as one word per request. */
    private static String scan(byte[] bytes, int... cuts) {
        RequestScanner scanner = new RequestScanner();
        List<String> outcomes = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            feed(scanner, Arrays.copyOfRange(bytes, from, cut), outcomes);
            from = cut;
        }
        feed(scanner, Arrays.copyOfRange(bytes, from, bytes.length), outcomes);
        return String.join(" ", outcomes);
    }

    private static void feed(RequestScanner scanner, byte[] bytes, List<String> outcomes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        Found found;
        while ((found = scanner.next(in)) != Found.NOTHING) {
            outcomes.add(found == Found.REQUEST ? request(scanner) : found.name());
        }
        assertFalse(in.isReadable(), "input is left over");
    }

    private static String request(RequestScanner scanner) {
        return (scanner.isHead() ? "HEAD" : "request")
                + (scanner.isHttp10() ? "/1.0" : "/1.1")
                + (scanner.keepAlive() ? "" : "/close");
    }

    private static String scan(String text) {
        return scan(text.getBytes(ISO_8859_1));
    }

    /** A 1.1 request with these header lines, each with its CRLF. */
    private static String with(String headers) {
        return "POST /x HTTP/1.1\r\n" + headers + "\r\n";
    }

    @Test
    void findsOneRequest() {
        assertEquals("request/1.1", scan(WRK));
        assertEquals("", scan(WRK.substring(0, WRK.length() - 1)));
        assertEquals("", scan(""));
    }

    @Test
    void findsPipelinedRequestsInOrder() {
        assertEquals(
                "request/1.1 request/1.0 HEAD/1.1", scan(WRK + AB + WRK.replace("GET", "HEAD")));
        assertEquals("request/1.1 ".repeat(500).strip(), scan(WRK.repeat(500)));
    }

    @Test
    void keepsAliveAsHttpVersionsAsk() {
        assertEquals("request/1.1", scan("GET / HTTP/1.1\r\n\r\n"));
        assertEquals("request/1.1/close", scan("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"));
        assertEquals("request/1.0/close", scan("GET / HTTP/1.0\r\n\r\n"));
        assertEquals("request/1.0", scan("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
        assertEquals("request/1.1", scan("GET / HTTP/1.2\r\n\r\n"));
    }

    @Test
    void readsConnectionAsListInAnyCase() {
        assertEquals("request/1.1/close", scan(with("CONNECTION:\tTE , CLOSE \r\nTE: x\r\n")));
        assertEquals("request/1.1/close", scan(with("connection: TE\r\nConnection:close\r\n")));
        assertEquals("request/1.1", scan(with("Connection: closed, xclose\r\n")));
        assertEquals("request/1.1", scan(with("Connection:\r\n")));
        assertEquals("request/1.1", scan(with("User-Agent: close\r\nX-Connection: close\r\n")));
        assertEquals(
                "request/1.0/close",
                scan("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n"));
    }

    @Test
    void dropsEverythingAfterARequestThatCloses() {
        assertEquals("request/1.1/close", scan(with("Connection: close\r\n") + WRK + "\0\0\0"));
        assertEquals("request/1.0/close", scan("GET / HTTP/1.0\r\n\r\n" + WRK));
    }

    @Test
    void skipsBodiesByTheirLength() {
        String body = "GET / HTTP/1.1\r\n\r\n";
        assertEquals(
                "request/1.1 HEAD/1.1",
                scan(with("Content-Length: 18\r\n") + body + WRK.replace("GET", "HEAD")));
        assertEquals("", scan(with("content-length:18\r\n") + body.substring(1)));
        assertEquals("request/1.1", scan(with("Content-Length: 0\r\n")));
        assertEquals(
                "request/1.1", scan(with("Content-Length: 2\r\nContent-Length: 2\r\n") + "xx"));
        assertEquals("", scan(with("Content-Length: 922337203685477580\r\n") + WRK.repeat(100)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1\r\n",
                "Content-Length: +1\r\n",
                "Content-Length: 1 2\r\n",
                "Content-Length: 1, 1\r\n",
                "Content-Length: 0x1\r\n",
                "Content-Length:\r\n",
                "Content-Length: 9223372036854775808\r\n",
                "Content-Length: 99999999999999999999999999\r\n",
                "Content-Length: 1\r\nContent-Length: 2\r\n",
                "Name : value\r\n",
                ": value\r\n",
                "no colon\r\n",
                " folded: value\r\n",
                "A: b\r\n folded\r\n",
                "A: b\0c\r\n",
                "A: b\rc\r\n",
                "A: b\u007f\r\n",
                "A: b\n",
                "A\u00e9: b\r\n"
            })
    void refusesMalformedHeaders(String headers) {
        assertEquals("MALFORMED", scan(with(headers) + WRK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /\r\n",
                "GET\r\n",
                "GET / HTTP/2.0\r\n",
                "GET / HTTP/0.9\r\n",
                "GET / HTTP/1.\r\n",
                "GET / HTTP/1.11\r\n",
                "GET / HTTP/1.x\r\n",
                "GET / http/1.1\r\n",
                "GET / HTTP/1.1 \r\n",
                "GET  HTTP/1.1\r\n",
                "GET  / HTTP/1.1\r\n",
                "GET /a b HTTP/1.1\r\n",
                "GET\t/ HTTP/1.1\r\n",
                "GET /\0 HTTP/1.1\r\n",
                "G[T / HTTP/1.1\r\n",
                " GET / HTTP/1.1\r\n",
                "GET / HTTP/1.1\n",
                "\n",
                "\r\n\r\n",
                "PRI * HTTP/2.0\r\n"
            })
    void refusesMalformedStartLines(String startLine) {
        assertEquals("MALFORMED", scan(startLine + "Host: h\r\n\r\n" + WRK));
    }

    @Test
    void refusesAFirstByteThatNoMethodStartsWithAtOnce() {
        assertEquals("MALFORMED", scan("\u0016\u0003\u0001"));
        assertEquals("request/1.1 MALFORMED", scan(WRK + "\0"));
    }

    @Test
    void forgivesOneEmptyLineBeforeARequest() {
        assertEquals("request/1.1 request/1.1", scan("\r\n" + WRK + "\r\n" + WRK));
        assertEquals("request/1.1 MALFORMED", scan(WRK + "\r\n\r\n" + WRK));
    }

    @Test
    void acceptsWhatIsUnusualButLegal() {
        assertEquals("request/1.1", scan("OPTIONS * HTTP/1.1\r\n\r\n"));
        assertEquals("request/1.1", scan("GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n"));
        assertEquals("request/1.1", scan("M-SEARCH /\u00e9 HTTP/1.1\r\nA: \u00e9\t\"x\"\r\n\r\n"));
        assertEquals("request/1.1", scan("HEADS / HTTP/1.1\r\nEmpty:\r\n\r\n"));
    }

    @Test
    void answersATransferCodingOnceAndCloses() {
        String chunked = "4\r\nabcd\r\n0\r\n\r\n";
        assertEquals("request/1.1/close", scan(with("Transfer-Encoding: chunked\r\n") + chunked));
        assertEquals(
                "request/1.1/close",
                scan(with("Content-Length: 4\r\ntransfer-encoding: chunked\r\n") + WRK));
    }

    @Test
    void doesNotWaitForAnExpectation() {
        String expecting = with("Expect: 100-continue\r\nContent-Length: 2\r\n");
        assertEquals("", scan(expecting));
        assertEquals("request/1.1", scan(expecting + "xx"));
    }

    @Test
    void limitsTheHead() {
        String start = "GET / HTTP/1.1\r\nA: ";
        String end = "\r\n\r\n";
        int room = RequestScanner.HEAD_BYTES_MAX - start.length() - end.length();
        assertEquals("request/1.1 request/1.1", scan(start + "a".repeat(room) + end + WRK));
        assertEquals("TOO_LARGE", scan(start + "a".repeat(room + 1) + end + WRK));
        assertEquals("TOO_LARGE", scan("G".repeat(RequestScanner.HEAD_BYTES_MAX)));
        assertEquals("", scan("G".repeat(RequestScanner.HEAD_BYTES_MAX - 1)));
        assertEquals("TOO_LARGE", scan("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(2_000) + "\r\n"));
        assertEquals(
                "request/1.1 TOO_LARGE",
                scan(with("Content-Length: 9000\r\n") + "x".repeat(9_000) + "G".repeat(9_000)));
    }

    private static final List<String> CONVERSATIONS =
            List.of(
                    WRK + AB + WRK,
                    with("Content-Length: 5\r\n") + "a\r\n\r\n" + WRK.replace("GET", "HEAD") + AB,
                    "\r\n" + WRK + "\r\n" + with("Connection: close\r\n") + WRK,
                    WRK + "GET / HTTP/1.0\r\n\r\n" + WRK,
                    WRK + "GET / HTTP/1.1\nHost: h\r\n\r\n" + WRK,
                    WRK + with("Content-Length: x\r\n") + WRK,
                    WRK + with("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n",
                    WRK + "\u0016\u0003\u0001\r\n",
                    WRK + "\r\n\r\n");

    @Test
    void findsTheSameHoweverTheInputIsCut() {
        for (String conversation : CONVERSATIONS) {
            byte[] bytes = conversation.getBytes(ISO_8859_1);
            String whole = scan(bytes);
            assertTrue(whole.startsWith("request"), whole);
            for (int first = 0; first <= bytes.length; first++) {
                assertEquals(whole, scan(bytes, first), conversation + " cut at " + first);
                for (int second = first; second <= bytes.length; second++) {
                    assertEquals(whole, scan(bytes, first, second), conversation);
                }
            }
            assertEquals(whole, scan(bytes, everyByte(bytes.length)), conversation);
        }
    }

    @Test
    void findsTheSameHoweverALargeHeadIsCut() {
        for (int size : new int[] {250, 256, 257, 511, 8_150, 8_180, 8_192, 8_200}) {
            String large = WRK + "GET / HTTP/1.1\r\nCookie: " + "c".repeat(size) + "\r\n\r\n" + WRK;
            byte[] bytes = large.getBytes(ISO_8859_1);
            String whole = scan(bytes);
            assertEquals(whole, scan(bytes, everyByte(bytes.length)), "size " + size);
            for (int cut = 0; cut <= bytes.length; cut += 7) {
                assertEquals(whole, scan(bytes, cut), "size " + size + " cut at " + cut);
            }
        }
    }

    private static int[] everyByte(int length) {
        int[] cuts = new int[length];
        Arrays.setAll(cuts, i -> i);
        return cuts;
    }

    @Test
    void survivesRandomBytesAndReadsThemTheSameHoweverCut() {
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = seed % 2 == 0 ? noise(random) : damaged(random);
            String whole = scan(bytes);
            assertEquals(whole, scan(bytes, cuts(random, bytes.length)), "seed " + seed);
        }
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(12_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Requests with a few bytes changed to ones that matter. */
    private static byte[] damaged(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 40); i > 0; i--) {
            text.append(CONVERSATIONS.get(random.nextInt(CONVERSATIONS.size())));
            text.append("A: b\r\n".repeat(random.nextInt(4) == 0 ? random.nextInt(1_500) : 0));
        }
        byte[] bytes = text.toString().getBytes(ISO_8859_1);
        byte[] sharp = "\r\n \t:0-/Hh\0\u00ff,".getBytes(ISO_8859_1);
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = sharp[random.nextInt(sharp.length)];
        }
        return bytes;
    }

    private static int[] cuts(Random random, int length) {
        int step = random.nextInt(1, 2_000);
        return random.ints(1 + length / step, 0, length + 1).sorted().toArray();
    }
}
