// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** Bodies both ways: demand, what is left of them, and clients that leave. */
class StreamingTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private static Peer peer(HttpHandler handler) {
        return new Peer(HttpOptions.port(0), handler);
    }

    @Test
    void shouldEchoABody() {
        Peer peer = peer((request, response) -> response.send(request.body()));
        String answer =
                peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
                        .write("cd")
                        .answers();
        assertTrue(answer.endsWith("2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n"), answer);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldReadTheSocketOnlyForDemand() {
        AtomicReference<Subscription> demand = new AtomicReference<>();
        List<String> seen = new ArrayList<>();
        Peer peer =
                peer(
                        (request, response) ->
                                Mono.create(
                                        sink ->
                                                request.body()
                                                        .subscribe(new Taking(demand, seen))));
        peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n");
        peer.write("a").write("b").write("c");
        assertEquals(3, peer.connection().undelivered(), "nobody has asked");
        demand.get().request(1);
        assertEquals(List.of("a"), seen);
        assertEquals(2, peer.connection().undelivered());
        demand.get().request(2);
        assertEquals(List.of("a", "b", "c"), seen);
        peer.write("def");
        assertEquals(1, peer.connection().undelivered());
        peer.connection().peer().reset();
        assertEquals(List.of("a", "b", "c"), seen, "nothing unasked");
        peer.assertNothingLeaked();
    }

    @Test
    void shouldContinueAtTheFirstDemand() {
        AtomicReference<Subscription> demand = new AtomicReference<>();
        Peer peer =
                peer(
                        (request, response) ->
                                Mono.create(
                                        sink ->
                                                request.body()
                                                        .subscribe(
                                                                new Taking(
                                                                        demand,
                                                                        new ArrayList<>()))));
        peer.write(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
        assertEquals("", peer.answers());
        demand.get().request(1);
        assertEquals("HTTP/1.1 100 Continue\r\n\r\n", peer.answers());
        demand.get().request(1);
        assertEquals("", peer.answers());
    }

    @Test
    void shouldCloseWhereTheClientStillWaitsToSend() {
        Peer peer = peer((request, response) -> response.status(401).send());
        String answer =
                peer.write(
                                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                                        + "Expect: 100-continue\r\n\r\n")
                        .answers();
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(answer.contains("connection: close"), answer);
        assertTrue(peer.sawEnd());
    }

    @Test
    void shouldDropAnUnreadBodyAndGoOn() {
        Peer peer = peer((request, response) -> response.sendText("no"));
        peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\na");
        assertTrue(peer.answers().endsWith("no"));
        assertTrue(peer.write("bcd" + GET).answers().endsWith("no"));
        assertFalse(peer.sawEnd());
        peer.assertNothingLeaked();
    }

    @Test
    void shouldCloseWhereTooMuchIsUnread() {
        Peer peer =
                new Peer(
                        HttpOptions.port(0).drainBytesMax(10),
                        (request, response) -> response.sendText("no"));
        peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\na");
        assertFalse(peer.sawEnd());
        peer.write("b".repeat(20));
        assertTrue(peer.sawEnd());
        peer.assertNothingLeaked();
    }

    @Test
    void shouldCancelTheHandlerWhenTheClientLeaves() {
        for (boolean reset : new boolean[] {true, false}) {
            AtomicBoolean cancelled = new AtomicBoolean();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Peer peer =
                    peer(
                            (request, response) -> {
                                request.body().subscribe(ByteBuf::release, failure::set);
                                return Mono.<Void>never().doOnCancel(() -> cancelled.set(true));
                            });
            peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\na");
            if (reset) {
                peer.connection().peer().reset();
            } else {
                peer.connection().peer().shutdownWrite();
            }
            assertTrue(cancelled.get());
            assertInstanceOf(AbortedException.class, failure.get());
            peer.assertNothingLeaked();
        }
    }

    @ParameterizedTest
    @CsvSource({"8192, 100", "200000, 18"})
    void shouldStopABodyThatTheClientDoesNotTake(int bytes, int buffersMax) {
        TestPublisher<ByteBuf> body = TestPublisher.create();
        AtomicLong demanded = new AtomicLong();
        Peer peer =
                peer(
                        (request, response) ->
                                response.send(body.flux().doOnRequest(demanded::addAndGet)));
        peer.connection().peer().pauseReading();
        peer.write(GET);
        int sent = 0;
        while (demanded.get() > sent) {
            body.next(Unpooled.directBuffer(bytes).writeZero(bytes));
            sent++;
        }
        assertTrue(sent < buffersMax, "unbounded: " + sent);
        peer.connection().peer().resumeReading();
        assertTrue(demanded.get() > sent, "goes on");
        body.complete();
        assertTrue(peer.answers().endsWith("0\r\n\r\n"));
    }
}
