// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Requests that go past the codec, between others that do not: nobody may tell the difference. What
 * is cut comes the long way, so each conversation is also held byte by byte.
 */
class ShortWayTest {
    private static final String GET = "GET /get HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST =
            "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
    private static final String CHUNKED =
            "PUT /put HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
    private static final String HEAD = "HEAD /head HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String OLD = "GET /old HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n";
    private static final String LAST = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    private static HttpHandler echoing() {
        return (request, response) ->
                request.body()
                        .map(part -> part.toString(US_ASCII) + release(part))
                        .collectList()
                        .flatMap(parts -> response.sendText(request + String.join("", parts)));
    }

    private static String release(ByteBuf buffer) {
        buffer.release();
        return "";
    }

    private static String whole(String conversation) {
        Peer peer = new Peer(HttpOptions.port(0), echoing());
        String answers = Peer.undated(peer.write(conversation).answers());
        peer.assertNothingLeaked();
        return answers;
    }

    private static String byteByByte(String conversation) {
        Peer peer = new Peer(HttpOptions.port(0), echoing());
        for (int i = 0; i < conversation.length(); i++) {
            peer.write(conversation.substring(i, i + 1));
        }
        String answers = Peer.undated(peer.answers());
        peer.assertNothingLeaked();
        return answers;
    }

    @Test
    void shouldAnswerTheSameInWhateverOrderBothWaysAreTaken() {
        List<String> requests = List.of(GET, POST, CHUNKED, HEAD, OLD);
        for (String first : requests) {
            for (String second : requests) {
                for (String third : requests) {
                    String conversation = first + second + third + LAST;
                    assertEquals(byteByByte(conversation), whole(conversation), conversation);
                }
            }
        }
    }

    @Test
    void shouldAnswerInOrder() {
        String answers = whole(GET + POST + GET + CHUNKED + LAST);
        List<String> bodies = new ArrayList<>();
        for (String part : answers.split("\r\n\r\n", -1)) {
            bodies.add(part.replaceAll("(?s)HTTP/1.1 200 OK.*", ""));
        }
        assertEquals(
                List.of("", "GET /get", "POST /postbody", "GET /get", "PUT /putab", "GET /last"),
                bodies);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, HTTP/1.1, 'Host: a', true",
        "OPTIONS, HTTP/1.1, 'Host: a', true",
        "DELETE, HTTP/1.1, 'hOST:\t a:80', true",
        "GET, HTTP/1.1, 'Host: a|Connection: keep-alive', true",
        "GET, HTTP/1.1, 'Host: a|Connection: close', true",
        "GET, HTTP/1.0, 'X: y', true",
        "HEAD, HTTP/1.1, 'Host: a', false",
        "PROPFIND, HTTP/1.1, 'Host: a', false",
        "GET, HTTP/1.1, 'X: y', false",
        "GET, HTTP/1.1, 'Host: a|Host: a', false",
        "GET, HTTP/1.1, 'Host: a b', false",
        "GET, HTTP/1.1, 'Host: a_b', true",
        "GET, HTTP/1.1, 'Host: [::1]:80', true",
        "GET, HTTP/1.1, 'Host: a:12345', true",
        "GET, HTTP/1.1, 'Host: a:65536', false",
        "GET, HTTP/1.1, 'Host: a:0', false",
        "GET, HTTP/1.1, 'Host: a:', false",
        "GET, HTTP/1.1, 'Host: :80', false",
        "GET, HTTP/1.1, 'Host: a:8x', false",
        "GET, HTTP/1.1, 'Host:', false",
        "GET, HTTP/1.1, 'Host: a|X : y', false",
        "GET, HTTP/1.1, 'Host: a| folded', false",
        "GET, HTTP/1.1, 'Host: a|Content-Length: 0', false",
        "GET, HTTP/1.1, 'Host: a|Transfer-Encoding: chunked', false",
        "GET, HTTP/1.1, 'Host: a|Expect: 100-continue', false",
        "GET, HTTP/1.1, 'Host: a|Connection: upgrade', false",
        "GET, HTTP/1.1, 'Host: a|Connection: close|Connection: keep-alive', false",
        "GET, HTTP/1.2, 'Host: a', false",
        "GET, HTTP/2.0, 'Host: a', false"
    })
    void shouldTakeWhatNeedsNoDecision(
            String method, String version, String fields, boolean taken) {
        String head =
                method
                        + " /a%20b?c=d "
                        + version
                        + "\r\n"
                        + fields.replace("|", "\r\n")
                        + "\r\n\r\n";
        ByteBuf in = bytes(head + "next");
        HeadReader reader = HeadReader.ofThread();
        RequestHead read = reader.read(in, HttpOptions.port(0));
        assertEquals(taken, read != null, head);
        assertEquals(taken ? "next" : head + "next", in.toString(US_ASCII));
        if (read != null) {
            assertEquals("/a%20b?c=d", read.target());
            assertEquals(version, read.version().text());
            List<String> names = new ArrayList<>();
            for (Map.Entry<String, String> field : read.headers()) {
                names.add(field.getKey() + ": " + field.getValue());
            }
            assertEquals(fields.replace(":\t a", ": a"), String.join("|", names));
        }
        in.release();
    }

    @Test
    void shouldTakeEachOfManyInALongBuffer() {
        String one = "GET /0123456789 HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(1000) + "\r\n\r\n";
        ByteBuf in = bytes(one.repeat(20));
        HeadReader reader = HeadReader.ofThread();
        for (int i = 0; i < 20; i++) {
            RequestHead head = reader.read(in, HttpOptions.port(0));
            assertTrue(head != null && head.headers().get("x").length() == 1000, "request " + i);
        }
        assertEquals(0, in.readableBytes());
        in.release();
    }

    @Test
    void shouldKeepALargeBodyBehindTheOnesBeforeIt() {
        String large = "x".repeat(5000);
        Peer peer =
                new Peer(
                        HttpOptions.port(0),
                        (request, response) ->
                                response.send(
                                        Mono.just(
                                                bytes(
                                                        request.path().equals("/get")
                                                                ? "small"
                                                                : large))));
        String answers = peer.write(GET + OLD.replace("1.0", "1.1\r\nHost: a") + GET).answers();
        assertTrue(
                answers.matches(
                        "(?s).*\r\n\r\nsmallHTTP.*\r\n\r\n" + large + "HTTP.*\r\n\r\nsmall"),
                answers);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldSendWhatIsAnsweredLater() {
        Sinks.Empty<Void> ready = Sinks.empty();
        Peer peer =
                new Peer(
                        HttpOptions.port(0),
                        (request, response) -> ready.asMono().then(response.sendText("late")));
        assertEquals("", peer.write(GET + GET).answers());
        ready.tryEmitEmpty().orThrow();
        assertEquals(2, peer.answers().split("late", -1).length - 1);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldNotAnswerAheadOfAClientThatDoesNotRead() {
        AtomicInteger handled = new AtomicInteger();
        Peer peer =
                new Peer(
                        HttpOptions.port(0).writeTimeout(Duration.ofSeconds(30)),
                        (request, response) -> {
                            handled.incrementAndGet();
                            return response.sendText("x".repeat(1000));
                        });
        peer.connection().peer().pauseReading();
        for (int i = 0; i < 100; i++) {
            peer.write(GET.repeat(100));
        }
        assertTrue(handled.get() < 500, handled + " requests of 10,000 are answered into memory");
        peer.connection().peer().resumeReading();
        int answered = 0;
        for (String more = peer.answers(); !more.isEmpty(); more = peer.answers()) {
            answered += more.split("HTTP/1.1 200", -1).length - 1;
        }
        assertEquals(10_000, answered);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldStreamBetweenWholeResponses() {
        Peer peer =
                new Peer(
                        HttpOptions.port(0),
                        (request, response) ->
                                request.path().equals("/get")
                                        ? response.sendText("whole")
                                        : response.send(Flux.just(bytes("in "), bytes("parts"))));
        String answers =
                Peer.undated(
                        peer.write(GET + OLD.replace("1.0", "1.1\r\nHost: a") + GET).answers());
        String whole =
                "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 5\r\n\r\nwhole";
        assertEquals(
                whole
                        + "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                        + "3\r\nin \r\n5\r\nparts\r\n0\r\n\r\n"
                        + whole,
                answers);
        peer.assertNothingLeaked();
    }
}
