// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every time limit, in virtual time. */
class TimeoutTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final HttpOptions OPTIONS =
            HttpOptions.port(0)
                    .idleTimeout(Duration.ofSeconds(60))
                    .headerTimeout(Duration.ofSeconds(8))
                    .bodyTimeout(Duration.ofSeconds(20))
                    .writeTimeout(Duration.ofSeconds(12));
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldCloseAnIdleConnection() {
        Peer peer = new Peer(OPTIONS, (request, response) -> Mono.empty());
        peer.pass(Duration.ofSeconds(59));
        assertFalse(peer.sawEnd());
        peer.pass(SECOND);
        assertTrue(peer.sawEnd());
        assertEquals("", peer.answers());
    }

    @Test
    void shouldCountIdleTimeFromTheLastResponse() {
        Peer peer = new Peer(OPTIONS, (request, response) -> Mono.empty());
        for (int i = 0; i < 10; i++) {
            peer.pass(Duration.ofSeconds(40)).write(GET);
            assertTrue(peer.answers().startsWith("HTTP/1.1 200"));
        }
        peer.pass(Duration.ofSeconds(75));
        assertTrue(peer.sawEnd());
    }

    @Test
    void shouldAnswerASlowHeadWith408HoweverItDrips() {
        Peer peer = new Peer(OPTIONS, (request, response) -> Mono.empty());
        peer.pass(Duration.ofSeconds(30)).write("GET / HTTP/1.1\r\n");
        for (int i = 0; i < 7; i++) {
            peer.pass(SECOND).write("A: " + i + "\r\n");
        }
        assertEquals("", peer.answers());
        peer.pass(SECOND);
        assertTrue(peer.answers().startsWith("HTTP/1.1 408 "));
        assertTrue(peer.sawEnd());
        peer.assertNothingLeaked();
    }

    @Test
    void shouldFailABodyThatStalls() {
        Peer peer =
                new Peer(
                        OPTIONS,
                        (request, response) ->
                                request.body().doOnNext(piece -> piece.release()).then());
        peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na");
        peer.pass(Duration.ofSeconds(19)).write("b").pass(Duration.ofSeconds(19));
        assertEquals("", peer.answers());
        peer.pass(Duration.ofSeconds(6));
        assertTrue(peer.answers().startsWith("HTTP/1.1 408 "));
        assertTrue(peer.sawEnd());
        peer.assertNothingLeaked();
    }

    @Test
    void shouldGiveAHandlerItsTime() {
        Peer peer = new Peer(OPTIONS, (request, response) -> Mono.never());
        peer.write(GET).pass(Duration.ofHours(1));
        assertFalse(peer.sawEnd());
    }

    @Test
    void shouldResetAClientThatTakesNothing() {
        Peer peer =
                new Peer(
                        OPTIONS,
                        (request, response) ->
                                response.send(
                                        Flux.range(0, 1000)
                                                .map(
                                                        i ->
                                                                Unpooled.directBuffer()
                                                                        .writeZero(1024))));
        peer.connection().peer().pauseReading();
        peer.write(GET).pass(Duration.ofSeconds(11));
        assertFalse(peer.connection().peer().sawReset());
        peer.pass(Duration.ofSeconds(4));
        assertTrue(peer.connection().peer().sawReset());
    }
}
