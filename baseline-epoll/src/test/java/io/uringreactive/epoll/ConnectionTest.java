// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ConnectionReset;
import io.uringreactive.epoll.Wired.Pair;
import io.uringreactive.sys.abi.Errno;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
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
    void shouldGiveUpOnAPeerThatDoesNotEnd(String name) {
        ConnectionOptions hurried =
                ConnectionOptions.defaults().closeTimeout(Duration.ofMillis(50));
        try (Wired wired = Wired.on(name, Wired.loopback().connection(hurried))) {
            Pair pair = wired.pair();
            pair.connection().close().block(Wired.LIMIT);
            assertThrows(SocketException.class, () -> readToTheReset(pair));
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
    void shouldLetThePeerWaitWhileNothingIsRequested(String name) throws IOException {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            List<Integer> sizes = new ArrayList<>();
            CountDownLatch done = new CountDownLatch(1);
            pair.peer().getChannel();
            Thread writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 0; i < 64; i++) {
                                            pair.write("x".repeat(MIB));
                                        }
                                        done.countDown();
                                    });
            StepVerifier.create(pair.connection().receive(), 0)
                    .expectSubscription()
                    .expectNoEvent(Duration.ofMillis(100))
                    .thenRequest(1)
                    .consumeNextWith(buffer -> sizes.add(sizeOf(buffer)))
                    .expectNoEvent(Duration.ofMillis(200))
                    .then(() -> assertEquals(1, done.getCount(), "the writer waits"))
                    .thenCancel()
                    .verify(Wired.LIMIT);
            assertTrue(sizes.getFirst() <= 64 * 1024);
            pair.connection().dispose();
            assertTrue(writer.isAlive() || done.getCount() >= 0);
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
    void shouldSendEverythingToASlowPeerInOrder(String name) {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            int pieces = 2000;
            Mono<Void> sent =
                    pair.connection()
                            .send(Flux.range(0, pieces).map(ConnectionTest::piece))
                            .cache();
            sent.subscribe();
            for (int i = 0; i < pieces; i++) {
                assertEquals("%08d".formatted(i).repeat(512), pair.readText(4096));
            }
            sent.block(Wired.LIMIT);
        }
    }

    /** Direct, on the heap, and in several parts, in turn. */
    private static ByteBuf piece(int number) {
        byte[] bytes = "%08d".formatted(number).repeat(512).getBytes(StandardCharsets.UTF_8);
        return switch (number % 3) {
            case 0 -> ByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
            case 1 -> Unpooled.wrappedBuffer(bytes);
            default ->
                    Unpooled.wrappedBuffer(
                            Unpooled.copiedBuffer(bytes, 0, 1000),
                            Unpooled.copiedBuffer(bytes, 1000, bytes.length - 1000));
        };
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldReleaseWhatACancelledSendLeaves(String name) throws InterruptedException {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            List<ByteBuf> given = new ArrayList<>();
            CountDownLatch stalled = new CountDownLatch(100);
            Flux<ByteBuf> endless =
                    Flux.generate(
                            sink -> {
                                ByteBuf buffer = Unpooled.directBuffer().writeZero(MIB);
                                given.add(buffer);
                                stalled.countDown();
                                sink.next(buffer);
                            });
            var sending = pair.connection().send(endless.take(4000)).subscribe();
            assertFalse(stalled.await(300, TimeUnit.MILLISECONDS), "no demand without room");
            sending.dispose();
            pair.connection().dispose();
            pair.connection().onClose().block(Wired.LIMIT);
            assertTrue(given.stream().allMatch(buffer -> buffer.refCnt() == 0));
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldPassOnTheErrorOfWhatIsSent(String name) {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            StepVerifier.create(pair.connection().send(Flux.error(new ArithmeticException("data"))))
                    .expectError(ArithmeticException.class)
                    .verify(Wired.LIMIT);
            pair.connection().sendText("goes on").block(Wired.LIMIT);
            assertEquals("goes on", pair.readText(7));
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
