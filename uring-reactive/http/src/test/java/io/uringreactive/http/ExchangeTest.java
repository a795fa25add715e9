// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;

/** Requests and their responses, on a connection in memory. */
class ExchangeTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private static Peer peer(HttpHandler handler) {
        return new Peer(HttpOptions.port(0), handler);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, UTF_8);
    }

    @Test
    void shouldSendAMonoWithItsLength() {
        Peer peer = peer((request, response) -> response.send(Mono.just(bytes("hello"))));
        String answer = peer.write(GET).answers();
        assertTrue(answer.contains("\r\ndate: "), answer);
        assertEquals("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello", Peer.undated(answer));
        assertEquals(Peer.undated(answer), Peer.undated(peer.write(GET).answers()), "kept alive");
        peer.assertNothingLeaked();
    }

    @Test
    void shouldAnswerAHandlerThatSendsNothing() {
        Peer peer = peer((request, response) -> Mono.empty());
        assertEquals(
                "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
                Peer.undated(peer.write(GET).answers()));
    }

    @Test
    void shouldChunkAFluxWithTrailers() {
        Peer peer =
                peer(
                        (request, response) -> {
                            response.trailers().set("Sum", "1");
                            return response.send(Flux.just(bytes("ab"), bytes("c")));
                        });
        assertEquals(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                        + "2\r\nab\r\n1\r\nc\r\n0\r\nSum: 1\r\n\r\n",
                Peer.undated(peer.write(GET).answers()));
    }

    @Test
    void shouldKeepToADeclaredLength() {
        Peer peer =
                peer(
                        (request, response) ->
                                response.header("Content-Length", 3)
                                        .send(Flux.just(bytes("ab"), bytes("c"))));
        assertEquals(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                Peer.undated(peer.write(GET).answers()));
        assertFalse(peer.connection().peer().sawReset());
    }

    @Test
    void shouldAbortWhereTheDeclaredLengthIsWrong() {
        for (String body : List.of("ab", "abcd")) {
            Peer peer =
                    peer(
                            (request, response) ->
                                    response.header("Content-Length", 3)
                                            .send(Flux.just(bytes(body))));
            peer.write(GET);
            assertTrue(peer.connection().peer().sawReset(), body);
        }
    }

    @Test
    void shouldEndWithTheConnectionOnHttp10() {
        Peer peer = peer((request, response) -> response.send(Flux.just(bytes("ab"), bytes("c"))));
        String answer = peer.write("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").answers();
        assertEquals("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nabc", Peer.undated(answer));
        assertTrue(peer.sawEnd());
    }

    @Test
    void shouldKeepAliveOnHttp10WhereAsked() {
        Peer peer = peer((request, response) -> response.sendText("a"));
        String answer = peer.write("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").answers();
        assertTrue(answer.contains("\r\nconnection: keep-alive\r\n"), answer);
        assertFalse(peer.sawEnd());
        assertTrue(peer.write("GET / HTTP/1.0\r\n\r\n").answers().contains("connection: close"));
        assertTrue(peer.sawEnd());
    }

    @Test
    void shouldCloseWhereTheClientOrTheHandlerSaysSo() {
        Peer client = peer((request, response) -> response.sendText("a"));
        client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n");
        assertTrue(client.answers().contains("connection: close"));
        assertTrue(client.sawEnd());
        Peer handler = peer((request, response) -> response.header("Connection", "close").send());
        assertTrue(handler.write(GET).answers().contains("connection: close"));
        assertTrue(handler.sawEnd());
    }

    @Test
    void shouldSendNoContentForHead204And304() {
        for (int status : new int[] {200, 204, 304}) {
            List<HttpHandler> handlers =
                    List.of(
                            (request, response) ->
                                    response.status(status).send(Mono.just(bytes("abc"))),
                            (request, response) ->
                                    response.status(status).send(Flux.just(bytes("abc"))));
            for (HttpHandler handler : handlers) {
                Peer peer = peer(handler);
                String answer =
                        peer.write((status == 200 ? GET.replace("GET", "HEAD") : GET)).answers();
                assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
                assertTrue(answer.endsWith("\r\n\r\n"), answer);
                assertFalse(status == 204 && answer.contains("content-length"), answer);
                assertTrue(peer.write(GET).answers().startsWith("HTTP/1.1 "), "kept alive");
            }
        }
    }

    @Test
    void shouldAnswerPipelinedRequestsInOrder() {
        List<Sinks.One<String>> waiting = new ArrayList<>();
        Peer peer =
                peer(
                        (request, response) -> {
                            Sinks.One<String> text = Sinks.one();
                            waiting.add(text);
                            return text.asMono().flatMap(response::sendText);
                        });
        peer.write(GET + GET + GET);
        for (int i = 0; i < 3; i++) {
            assertEquals(i + 1, waiting.size(), "one at a time");
            waiting.get(i).tryEmitValue("answer" + i);
            assertTrue(peer.answers().endsWith("\r\n\r\nanswer" + i));
        }
        peer.assertNothingLeaked();
    }

    @Test
    void shouldRefuseBehindWhatWasInOrder() {
        Peer peer = peer((request, response) -> response.sendText("fine"));
        String answers = peer.write(GET + GET + "GET / HTTP/1.1\r\n\r\n" + GET).answers();
        assertEquals(2, answers.split("fine", -1).length - 1, answers);
        assertTrue(answers.contains("HTTP/1.1 400 "), answers);
        assertTrue(answers.contains("HTTP/1.1 without Host (RFC 9112, 3.2)"), answers);
        assertTrue(peer.sawEnd());
        peer.assertNothingLeaked();
    }

    @Test
    void shouldAnswerAFailureWith500() {
        Peer peer =
                peer(
                        (request, response) -> {
                            response.header("Secret", "1");
                            return Mono.error(new IllegalStateException("expected by the test"));
                        });
        String answer = Peer.undated(peer.write(GET).answers());
        assertEquals("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n", answer);
        assertFalse(peer.sawEnd(), "the connection is fine");
    }

    @Test
    void shouldLetAHandlerAnswerItsBodysFailure() {
        Peer peer =
                peer(
                        (request, response) ->
                                response.send(Flux.error(new IllegalStateException("test")))
                                        .onErrorResume(e -> response.status(503).send()));
        assertTrue(peer.write(GET).answers().startsWith("HTTP/1.1 503 "));
    }

    @Test
    void shouldAbortAFailureAfterTheCommit() {
        TestPublisher<ByteBuf> body = TestPublisher.create();
        Peer peer = peer((request, response) -> response.send(body.flux()));
        peer.write(GET);
        body.next(bytes("ab"));
        body.error(new IllegalStateException("expected by the test"));
        assertFalse(peer.answers().contains("\r\n0\r\n"), "no last chunk");
        assertTrue(peer.connection().peer().sawReset());
    }

    @Test
    void shouldAbortForAHandlerThatHasDealtWithItsFailure() {
        Throwable failure = new IllegalStateException("expected by the test");
        Peer early = peer((request, response) -> Mono.error(AbortedException.after(failure)));
        assertTrue(early.write(GET).answers().startsWith("HTTP/1.1 500 "));
        TestPublisher<ByteBuf> body = TestPublisher.create();
        Peer late =
                peer(
                        (request, response) ->
                                response.send(body.flux()).onErrorMap(AbortedException::after));
        late.write(GET);
        body.next(bytes("ab"));
        body.error(failure);
        assertTrue(late.connection().peer().sawReset());
    }

    @Test
    void shouldRunActionsBeforeTheCommit() {
        Peer peer =
                peer(
                        (request, response) ->
                                response.beforeCommit(
                                                () ->
                                                        Mono.fromRunnable(
                                                                () -> response.header("A", "b")))
                                        .sendText("c"));
        assertTrue(peer.write(GET).answers().contains("\r\nA: b\r\n"));
    }

    @Test
    void shouldSendEventsAsTheyCome() {
        TestPublisher<ServerSentEvent> events = TestPublisher.create();
        Peer peer = peer((request, response) -> response.sse(events));
        assertTrue(peer.write(GET).answers().endsWith("\r\n\r\n"), "the head at once");
        events.next(new ServerSentEvent("tick", "1", "a\nb"));
        assertEquals("23\r\nevent: tick\nid: 1\ndata: a\ndata: b\n\n\r\n", peer.answers());
    }
}
