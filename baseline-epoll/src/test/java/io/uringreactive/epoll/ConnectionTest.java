// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ConnectionReset;
import io.uringreactive.epoll.Wired.Pair;
import io.uringreactive.sys.abi.Errno;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** What reactor-netty does not do by itself: half-closure, demand, ends and errors. */
class ConnectionTest {
    private static final int MIB = 1 << 20;

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldGoOnSendingAfterThePeersEnd(String name) throws IOException {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            pair.write("question");
            pair.peer().shutdownOutput();
            assertEquals("question", text(pair.connection()));
            assertFalse(pair.connection().isDisposed());
            pair.connection().sendText("answer").block(Wired.LIMIT);
            pair.connection().shutdownOutput().block(Wired.LIMIT);
            assertEquals("answer", pair.readText(7), "and then the end");
            pair.connection().close().block(Wired.LIMIT);
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldGoOnReceivingAfterItsOwnEnd(String name) throws IOException {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            pair.connection().shutdownOutput().block(Wired.LIMIT);
            assertEquals(-1, pair.peer().getInputStream().read());
            StepVerifier.create(pair.connection().sendText("late"))
                    .expectError(ConnectionClosed.class)
                    .verify(Wired.LIMIT);
            pair.write("still heard");
            pair.peer().shutdownOutput();
            assertEquals("still heard", text(pair.connection()));
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldCloseInOrderWhileThePeerStillSends(String name) throws IOException {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            pair.write("unread input, which a plain close would answer with a reset");
            pair.connection().sendText("answer").block(Wired.LIMIT);
            pair.connection().close().subscribe();
            assertEquals("answer", pair.readText(7), "and then the end");
            assertFalse(closesWithin(pair.connection(), Duration.ofMillis(100)));
            pair.peer().close();
            pair.connection().onClose().block(Wired.LIMIT);
        }
    }

    private static boolean closesWithin(Connection connection, Duration time) {
        return Boolean.TRUE.equals(
                connection.onClose().thenReturn(true).timeout(time, Mono.just(false)).block());
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldGiveUpOnAPeerThatDoesNotEnd(String name) throws IOException {
        ConnectionOptions hurried =
                ConnectionOptions.defaults().closeTimeout(Duration.ofMillis(50));
        try (Wired wired = Wired.on(name, Wired.loopback().connection(hurried))) {
            Pair pair = wired.pair();
            pair.connection().close().block(Wired.LIMIT);
            assertEquals(-1, pair.peer().getInputStream().read(), "and no reset");
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldGiveUpOnAPeerThatSendsTooMuch(String name) throws IOException {
        ConnectionOptions curt =
                ConnectionOptions.defaults()
                        .closeTimeout(Duration.ofMinutes(5))
                        .closeDiscardBytesMax(1000);
        try (Wired wired = Wired.on(name, Wired.loopback().connection(curt))) {
            Pair pair = wired.pair();
            pair.connection().close().subscribe();
            assertEquals(-1, pair.peer().getInputStream().read());
            pair.peer().getOutputStream().write(new byte[2000]);
            pair.connection().onClose().block(Wired.LIMIT);
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldResetThePeerWhenDisposed(String name) {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            pair.connection().dispose();
            pair.connection().onClose().block(Wired.LIMIT);
            assertThrows(SocketException.class, () -> readToTheReset(pair));
            StepVerifier.create(pair.connection().receive())
                    .expectError(ConnectionClosed.class)
                    .verify(Wired.LIMIT);
            assertTrue(pair.connection().toString().contains("CLOSED"));
        }
    }

    private static void readToTheReset(Pair pair) throws IOException {
        while (pair.peer().getInputStream().read() >= 0) {
            // What came before does not matter.
        }
        pair.peer().getOutputStream().write(1);
        pair.peer().getInputStream().read();
        pair.peer().getOutputStream().write(1);
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldTellAReset(String name) {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            Mono<Void> received = pair.connection().receive().then();
            Sinks.One<Throwable> seen = Sinks.one();
            received.subscribe(nothing -> {}, seen::tryEmitValue);
            pair.reset();
            ConnectionReset reset =
                    assertInstanceOf(
                            ConnectionReset.class, Wired.get(seen.asMono()), "of receive()");
            assertEquals("receive", reset.operation());
            assertEquals(Errno.ECONNRESET.number(), reset.errno());
            assertEquals(pair.connection().remoteAddress(), reset.endpoint());
            StepVerifier.create(pair.connection().sendText("too late"))
                    .expectError(ConnectionReset.class)
                    .verify(Wired.LIMIT);
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldTellAResetThatCameBeforeAnybodyReceived(String name) {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            pair.reset();
            StepVerifier.create(pair.connection().receive())
                    .expectError(ConnectionReset.class)
                    .verify(Wired.LIMIT);
            pair.connection().close().block(Wired.LIMIT);
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldLetThePeerWaitWhileNothingIsRequested(String name) {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            CountDownLatch written = new CountDownLatch(1);
            Thread.ofVirtual()
                    .start(
                            () -> {
                                pair.write("x".repeat(64 * MIB));
                                written.countDown();
                            });
            List<Integer> sizes = new ArrayList<>();
            StepVerifier.create(pair.connection().receive(), 0)
                    .expectSubscription()
                    .expectNoEvent(Duration.ofMillis(100))
                    .thenRequest(1)
                    .consumeNextWith(buffer -> sizes.add(sizeOf(buffer)))
                    .expectNoEvent(Duration.ofMillis(200))
                    .then(() -> assertEquals(1, written.getCount(), "the writer waits"))
                    .thenCancel()
                    .verify(Wired.LIMIT);
            assertTrue(sizes.getFirst() <= NettyConnection.READ_BYTES_MAX);
            pair.reset(); // lets the writer go
        }
    }

    private static int sizeOf(ByteBuf buffer) {
        int bytes = buffer.readableBytes();
        buffer.release();
        return bytes;
    }

    /** The FIN makes Netty read one buffer unasked: it must not be lost. */
    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldLoseNothingThatCameBeforeTheFirstRequest(String name) throws IOException {
        try (Wired wired = Wired.on(name)) {
            for (int i = 0; i < 20; i++) {
                Pair pair = wired.pair();
                pair.write("y".repeat(200_000));
                pair.peer().shutdownOutput();
                Connection connection = pair.connection();
                assertEquals(
                        200_000,
                        connection
                                .receive()
                                .delaySubscription(Duration.ofMillis(10))
                                .limitRate(1)
                                .map(ConnectionTest::sizeOf)
                                .reduce(0, Integer::sum)
                                .block(Wired.LIMIT));
                connection.close().block(Wired.LIMIT);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldRefuseASecondSubscriber(String name) {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            pair.connection().receive().subscribe().dispose();
            StepVerifier.create(pair.connection().receive())
                    .expectError(IllegalStateException.class)
                    .verify(Wired.LIMIT);
            pair.connection().sendText("sending goes on").block(Wired.LIMIT);
            assertEquals("sending goes on", pair.readText(15));
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldHandleOnTheConnectionsThread(String name) throws IOException {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            Sinks.One<Boolean> nonBlocking = Sinks.one();
            Mono<Void> handled =
                    pair.connection()
                            .handle(
                                    c -> {
                                        nonBlocking.tryEmitValue(
                                                reactor.core.scheduler.Schedulers
                                                        .isInNonBlockingThread());
                                        return c.send(c.receive())
                                                .then(Mono.delay(Duration.ZERO, c.scheduler()))
                                                .then();
                                    });
            handled.subscribe();
            pair.write("echo");
            assertEquals("echo", pair.readText(4));
            assertTrue(Wired.get(nonBlocking.asMono()));
            pair.peer().shutdownOutput();
            pair.connection().onClose().block(Wired.LIMIT);
            assertEquals(-1, pair.peer().getInputStream().read());
        }
    }

    /** An onNext that throws: the connection ends, and the loop goes on. */
    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldSurviveABrokenSubscriber(String name) {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            pair.connection()
                    .receive()
                    .subscribe(
                            buffer -> {
                                buffer.release();
                                throw Exceptions.bubble(new ArithmeticException("on purpose"));
                            });
            pair.write("x");
            pair.connection().onClose().block(Wired.LIMIT);
            Pair other = wired.pair();
            other.connection().sendText("alive").block(Wired.LIMIT);
            assertEquals("alive", other.readText(5));
        }
    }

    private static String text(Connection connection) {
        return Wired.get(connection.receiveText().reduce("", String::concat));
    }
}
