// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.ReceiveMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;

/** What is received, and how the stream ends. */
class ReceiveTest extends KernelTest {
    private static final int MANY_BYTES = 4 * 1024 * 1024;

    private static void writeInRandomPieces(Peer peer, long seed) {
        Random random = new Random(seed);
        long at = 0;
        while (at < MANY_BYTES) {
            int piece =
                    random.nextInt(4) == 0 ? 1 + random.nextInt(50_000) : 1 + random.nextInt(50);
            piece = (int) Math.min(piece, MANY_BYTES - at);
            peer.write(Sequence.bytes(at, piece));
            at += piece;
        }
        peer.shutdownOutput();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldDeliverEverythingInOrderForUnboundedDemand(ReceiveMode mode) {
        try (Pair pair = Pair.open(group(mode))) {
            Taker taker = Taker.requesting(Long.MAX_VALUE);
            pair.connection().receive().subscribe(taker);
            writeInRandomPieces(pair.peer(), 1);
            assertEquals(Optional.empty(), taker.end());
            assertEquals(MANY_BYTES, taker.bytes());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldDeliverEverythingInOrderForDemandInSmallSteps(ReceiveMode mode) {
        try (Pair pair = Pair.open(group(mode))) {
            Taker taker = Taker.requesting(1);
            pair.connection().receive().subscribe(taker);
            Thread writer = Thread.ofPlatform().start(() -> writeInRandomPieces(pair.peer(), 2));
            Random random = new Random(3);
            while (!taker.hasEnded()) {
                taker.ask(1 + random.nextInt(3));
                LockSupport.parkNanos(random.nextInt(20_000));
            }
            assertEquals(Optional.empty(), taker.end());
            assertEquals(MANY_BYTES, taker.bytes());
            join(writer);
        }
    }

    private static void join(Thread thread) {
        try {
            assertTrue(thread.join(Await.LIMIT), "still running: " + thread);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Requests the next buffer from within onNext, before and after looking at this one. */
    private static final class OneByOne extends BaseSubscriber<ByteBuf> {
        private long bytes;
        private int depth;
        private volatile boolean ended;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            depth++;
            assertEquals(1, depth, "onNext within onNext");
            request(1);
            Sequence.check(bytes, buffer);
            bytes += buffer.readableBytes();
            buffer.release();
            depth--;
        }

        @Override
        protected void hookOnComplete() {
            ended = true;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldTakeRequestsFromWithinOnNext(ReceiveMode mode) {
        try (Pair pair = Pair.open(group(mode))) {
            OneByOne taker = new OneByOne();
            pair.connection().receive().subscribe(taker);
            writeInRandomPieces(pair.peer(), 4);
            Await.until("the end", () -> taker.ended);
            assertEquals(MANY_BYTES, taker.bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldDiscardOnCancelAndGoOnSending(ReceiveMode mode) {
        try (Pair pair = Pair.open(group(mode))) {
            Taker taker = Taker.requesting(1);
            pair.connection().receive().subscribe(taker);
            pair.peer().writeSequence(0, 30_000);
            Await.until("a buffer has come", () -> taker.buffers() == 1);
            taker.cancel();
            pair.peer().writeSequence(30_000, 60_000);
            Await.done(pair.connection().sendText("still there"));
            assertEquals("still there", pair.peer().readText(11));
            assertFalse(taker.hasEnded());
            pair.connection().close().subscribe();
            pair.peer().expectEnd();
            pair.peer().close();
            Await.done(pair.connection().onClose());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldCompleteAtThePeersEndWithoutDemandAndGoOnSending(ReceiveMode mode) {
        try (Pair pair = Pair.open(group(mode))) {
            Taker taker = Taker.requesting(1);
            pair.connection().receive().subscribe(taker);
            pair.peer().writeSequence(0, 10);
            Await.until("a buffer has come", () -> taker.buffers() == 1);
            pair.peer().shutdownOutput();
            assertEquals(Optional.empty(), taker.end());
            Await.done(pair.connection().sendText("half-closed"));
            assertEquals("half-closed", pair.peer().readText(11));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldGoOnReceivingAfterItsOwnEnd(ReceiveMode mode) {
        try (Pair pair = Pair.open(group(mode))) {
            Taker taker = Taker.requesting(Long.MAX_VALUE);
            pair.connection().receive().subscribe(taker);
            Await.done(pair.connection().shutdownOutput());
            pair.peer().expectEnd();
            pair.peer().writeSequence(0, 100_000);
            pair.peer().shutdownOutput();
            assertEquals(Optional.empty(), taker.end());
            assertEquals(100_000, taker.bytes());
            StepVerifier.create(pair.connection().sendText("too late"))
                    .expectError(ConnectionClosed.class)
                    .verify(Await.LIMIT);
        }
    }

    @Test
    void shouldRefuseASecondSubscriberAtAnyTime() {
        try (Pair pair = Pair.open(group())) {
            Connection connection = pair.connection();
            Taker taker = Taker.requesting(1);
            connection.receive().subscribe(taker);
            expectRefusal(connection);
            taker.cancel();
            expectRefusal(connection);
            connection.dispose();
            expectRefusal(connection);
        }
    }

    private static void expectRefusal(Connection connection) {
        StepVerifier.create(connection.receive())
                .expectError(IllegalStateException.class)
                .verify(Await.LIMIT);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldTakeSignalsFromForeignThreadsAtAnyTime(ReceiveMode mode) {
        Random random = new Random(5);
        for (int round = 0; round < 100; round++) {
            try (Pair pair = Pair.open(group(mode))) {
                Taker taker = Taker.requesting(0);
                pair.connection().receive().subscribe(taker);
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    threads.add(
                            Thread.ofPlatform()
                                    .start(
                                            () -> {
                                                for (int k = 0; k < 20; k++) {
                                                    taker.ask(1);
                                                }
                                            }));
                }
                pair.peer().writeSequence(0, 100_000);
                LockSupport.parkNanos(random.nextInt(300_000));
                taker.cancel();
                threads.forEach(ReceiveTest::join);
                assertFalse(taker.hasEnded());
                assertTrue(taker.buffers() <= 40, "more than was requested");
            }
        }
    }

    /** Disposes its connection from within onNext. */
    private static final class Disposer extends BaseSubscriber<ByteBuf> {
        private final Connection connection;
        private final AtomicBoolean inside = new AtomicBoolean();
        private final AtomicBoolean overlapped = new AtomicBoolean();
        private volatile Optional<Throwable> error = Optional.empty();

        Disposer(Connection connection) {
            this.connection = connection;
        }

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            inside.set(true);
            buffer.release();
            connection.dispose();
            inside.set(false);
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            overlapped.set(inside.get());
            error = Optional.of(throwable);
        }
    }

    @Test
    void shouldNotSignalTheEndWithinOnNext() {
        try (Pair pair = Pair.open(group())) {
            Disposer subscriber = new Disposer(pair.connection());
            pair.connection().receive().subscribe(subscriber);
            pair.peer().writeSequence(0, 100);
            Await.until("the error has come", () -> subscriber.error.isPresent());
            assertInstanceOf(ConnectionClosed.class, subscriber.error.orElseThrow());
            assertFalse(subscriber.overlapped.get(), "onError within onNext");
            pair.peer().expectReset();
        }
    }

    @Test
    void shouldAbortBehindASubscriberThatThrows() {
        try (Pair pair = Pair.open(group())) {
            pair.connection().receive().subscribe(new Thrower());
            pair.peer().writeSequence(0, 100);
            Await.until("it has thrown", () -> !log().uncaught().isEmpty());
            log().clear();
            pair.peer().expectReset();
            Await.done(pair.connection().onClose());
        }
    }
}
