// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.test.TestConnection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every time limit, in virtual time. */
class TimeoutTest {
    private static final int MIB = 1 << 20;
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
    void shouldGiveAnIdleConnectionItsWholeTimeAfterABody() {
        Peer peer = new Peer(OPTIONS, TimeoutTest::countBody);
        peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na").write("bc");
        assertTrue(peer.answers().startsWith("HTTP/1.1 200"));
        peer.pass(Duration.ofSeconds(59));
        assertFalse(peer.sawEnd());
        peer.pass(Duration.ofSeconds(16)); // a quarter of the limit late at most
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

    /** Between the wish to stop and the end of its connections, it takes no timers. */
    @Test
    void shouldGoOnWithoutLimitsOnceTheTransportBeginsToStop() {
        Peer peer = new Peer(OPTIONS, (request, response) -> response.sendText("hello"));
        peer.connection().scheduler().dispose();
        peer.write("GET / HTTP/1.1\r\n").write("Host: a\r\n\r\n");
        String answers = peer.answers();
        assertTrue(answers.endsWith("hello"), answers);
    }

    @Test
    void shouldFailABodyThatStalls() {
        Peer peer = new Peer(OPTIONS.bytesPerSecondMin(0), TimeoutTest::countBody);
        peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na");
        peer.pass(Duration.ofSeconds(19)).write("b").pass(Duration.ofSeconds(19));
        assertEquals("", peer.answers());
        peer.pass(Duration.ofSeconds(6));
        assertTrue(peer.answers().startsWith("HTTP/1.1 408 "));
        assertTrue(peer.sawEnd());
        peer.assertNothingLeaked();
    }

    @Test
    void shouldFailABodyThatDrips() {
        Peer peer = new Peer(OPTIONS, TimeoutTest::countBody);
        peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
        // 15 bytes a second where 16 are wanted: 20 s, and a quarter at most until it is noticed.
        for (int i = 0; i < 20; i++) {
            assertEquals("", peer.answers());
            peer.write("fifteen bytes..").pass(SECOND);
        }
        peer.pass(Duration.ofSeconds(5));
        assertTrue(peer.answers().startsWith("HTTP/1.1 408 "));
        assertTrue(peer.sawEnd());
        peer.assertNothingLeaked();
    }

    @Test
    void shouldTakeABodyThatIsJustFastEnough() {
        Peer peer = new Peer(OPTIONS, TimeoutTest::countBody);
        peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3400\r\n\r\n");
        for (int i = 0; i < 200; i++) {
            assertEquals("", peer.answers());
            peer.pass(SECOND).write("seventeen bytes..");
        }
        assertTrue(peer.answers().startsWith("HTTP/1.1 200 "));
    }

    @Test
    void shouldTakeABodyThatDripsWhereThatIsAllowed() {
        Peer peer = new Peer(OPTIONS.bytesPerSecondMin(0), TimeoutTest::countBody);
        peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n");
        for (int i = 0; i < 50; i++) {
            assertEquals("", peer.answers());
            peer.pass(Duration.ofSeconds(19)).write("a");
        }
        assertTrue(peer.answers().startsWith("HTTP/1.1 200 "));
    }

    @Test
    void shouldNotHoldASlowHandlerAgainstItsClient() {
        Peer peer =
                new Peer(
                        OPTIONS,
                        (request, response) ->
                                request.body()
                                        .doOnNext(ByteBuf::release)
                                        .limitRate(1)
                                        .delayUntil(
                                                piece ->
                                                        Mono.delay(
                                                                Duration.ofSeconds(100),
                                                                request.connection().scheduler()))
                                        .then());
        peer.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
        for (int i = 0; i < 10; i++) {
            peer.write("a");
        }
        for (int i = 0; i < 10; i++) {
            assertEquals("", peer.answers());
            peer.pass(Duration.ofSeconds(100));
        }
        assertTrue(peer.answers().startsWith("HTTP/1.1 200 "));
        peer.assertNothingLeaked();
    }

    private static Mono<Void> countBody(HttpRequest request, HttpResponse response) {
        return request.body().doOnNext(ByteBuf::release).then();
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

    @Test
    void shouldResetAClientThatTakesNothingOfWhatIsLarge() {
        Peer peer =
                new Peer(
                        OPTIONS,
                        (request, response) ->
                                response.send(
                                        Flux.range(0, 3)
                                                .map(i -> Unpooled.directBuffer().writeZero(MIB))));
        peer.connection().peer().pauseReading();
        peer.write(GET).pass(Duration.ofSeconds(11));
        assertFalse(peer.connection().peer().sawReset());
        peer.pass(Duration.ofSeconds(4));
        assertTrue(peer.connection().peer().sawReset());
    }

    @Test
    void shouldResetAClientThatTakesBitsNowAndThen() {
        TestConnection connection = drippingResponse(OPTIONS);
        connection.scheduler().advanceTimeBy(Duration.ofSeconds(15));
        assertTrue(connection.peer().sawReset());
        assertTrue(connection.peer().receivedBytes() > 0);
    }

    @Test
    void shouldBearAClientThatTakesBitsNowAndThenWhereThatIsAllowed() {
        TestConnection connection = drippingResponse(OPTIONS.bytesPerSecondMin(0));
        connection.scheduler().advanceTimeBy(Duration.ofHours(1));
        assertFalse(connection.peer().sawReset());
        assertTrue(connection.peer().received().endsWith("\r\n0\r\n\r\n"));
    }

    /** A request whose response is taken at a buffer a second: at most 10 bytes. */
    private static TestConnection drippingResponse(HttpOptions options) {
        TestConnection connection = TestConnection.create();
        Function<Connection, Publisher<Void>> handler =
                UringHttp.handler(
                        options,
                        (request, response) ->
                                response.sendAndFlush(
                                        Flux.range(0, 100)
                                                .map(i -> Flux.just(Unpooled.copyInt(i)))));
        connection.handle(real -> handler.apply(dripping(real))).subscribe();
        connection.peer().write(GET);
        return connection;
    }

    private static Connection dripping(Connection real) {
        return (Connection)
                Proxy.newProxyInstance(
                        TimeoutTest.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("send")
                                        ? real.send(drip((Publisher<?>) arguments[0], real))
                                        : method.invoke(real, arguments));
    }

    private static Flux<ByteBuf> drip(Publisher<?> data, Connection real) {
        return Flux.from(data)
                .cast(ByteBuf.class)
                .concatMap(buffer -> Mono.just(buffer).delayElement(SECOND, real.scheduler()), 1);
    }
}
