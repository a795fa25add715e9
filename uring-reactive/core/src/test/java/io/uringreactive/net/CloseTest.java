// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.ReceiveMode;
import io.uringreactive.SocketOptions;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Ending a connection in order, within its limits. */
class CloseTest extends KernelTest {
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final Duration LONG = Duration.ofMinutes(1);

    private Pair pairWith(UnaryOperator<ConnectionOptions> change) {
        return Pair.open(group(), o -> o.connection(change.apply(ConnectionOptions.defaults())), 0);
    }

    private static Mono<Void> sequence(Connection connection, int bytes) {
        return connection.send(
                Mono.fromSupplier(
                        () -> Unpooled.directBuffer().writeBytes(Sequence.bytes(0, bytes))));
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldDeliverTheWholeAnswerDespiteUnreadInput(ReceiveMode mode) {
        int answerBytes = 200_000;
        byte[] input = new byte[128 * 1024];
        try (Server server = Server.of(Pair.loopback(group(mode)), c -> sequence(c, answerBytes))) {
            for (int round = 0; round < 100; round++) {
                try (Peer peer = server.connect()) {
                    peer.write(input);
                    assertEquals(answerBytes, peer.checkSequence(0, answerBytes));
                    peer.expectEnd();
                }
            }
        }
    }

    @Test
    void shouldFlushALargeSendBeforeItEnds() {
        int bytes = 16 * 1024 * 1024;
        Tracked tracked = new Tracked();
        UnaryOperator<ListenOptions> small =
                o -> o.socket(SocketOptions.defaults().sendBufferBytes(16 * 1024));
        try (Pair pair = Pair.open(group(), small, 16 * 1024)) {
            Disposable sending =
                    pair.connection()
                            .send(Flux.range(0, 256).map(i -> tracked.next(bytes / 256)))
                            .subscribe();
            pair.peer().checkSequence(0, 100);
            Disposable closing = pair.connection().close().subscribe();
            assertEquals(bytes - 100, pair.peer().checkSequence(100, bytes - 100));
            pair.peer().expectEnd();
            assertTrue(sending.isDisposed());
            pair.peer().close();
            Await.until("closed", closing::isDisposed);
            tracked.expectAllReleased();
        }
    }

    @Test
    void shouldGiveUpOnAPeerThatNeverReads() {
        try (Pair pair = pairWith(o -> o.closeTimeout(SHORT))) {
            Tracked tracked = new Tracked();
            Disposable sending =
                    pair.connection()
                            .send(Flux.range(0, 1_000).map(i -> tracked.next(64 * 1024)))
                            .onErrorComplete(ConnectionClosed.class)
                            .subscribe();
            Await.done(pair.connection().close());
            assertTrue(sending.isDisposed());
            tracked.expectAllReleased();
            pair.peer().expectReset();
        }
    }

    @Test
    void shouldGiveUpOnAPeerThatNeverEnds() {
        try (Pair pair = pairWith(o -> o.closeTimeout(SHORT))) {
            Disposable closing = pair.connection().close().subscribe();
            pair.peer().expectEnd();
            Await.until("closed", closing::isDisposed);
            assertThrows(
                    UncheckedIOException.class,
                    () -> pair.peer().writeSequence(0, 100L * 1024 * 1024));
        }
    }

    @Test
    void shouldGiveUpOnAPeerThatSendsTooMuch() {
        try (Pair pair = pairWith(o -> o.closeTimeout(LONG).closeDiscardBytesMax(100_000))) {
            Disposable closing = pair.connection().close().subscribe();
            assertThrows(
                    UncheckedIOException.class,
                    () -> pair.peer().writeSequence(0, 100L * 1024 * 1024));
            Await.until("closed", closing::isDisposed);
        }
    }

    @Test
    void shouldDiscardWhatThePeerStillSends() {
        try (Pair pair = pairWith(o -> o.closeTimeout(LONG))) {
            Disposable closing = pair.connection().close().subscribe();
            pair.peer().writeSequence(0, 10L * 1024 * 1024);
            pair.peer().shutdownOutput();
            pair.peer().expectEnd();
            Await.until("closed", closing::isDisposed);
        }
    }

    @Test
    void shouldTellWhoReceivesThatItIsClosed() {
        try (Pair pair = Pair.open(group())) {
            Taker taker = Taker.requesting(1);
            pair.connection().receive().subscribe(taker);
            Disposable closing = pair.connection().close().subscribe();
            assertTrue(taker.end().orElseThrow() instanceof ConnectionClosed);
            pair.peer().expectEnd();
            pair.peer().close();
            Await.until("closed", closing::isDisposed);
        }
    }

    @Test
    void shouldNotCloseBeforeItIsSubscribedAndGoOnWhenCancelled() {
        try (Pair pair = Pair.open(group())) {
            Mono<Void> close = pair.connection().close();
            assertFalse(pair.connection().isDisposed());
            Disposable closing = close.subscribe();
            closing.dispose();
            pair.peer().expectEnd();
            assertTrue(pair.connection().isDisposed());
            pair.peer().close();
            Await.done(pair.connection().onClose());
            Await.done(close);
        }
    }

    @Test
    void shouldEndTheOutputOnceAndOnlyTheOutput() {
        try (Pair pair = Pair.open(group())) {
            Connection connection = pair.connection();
            Disposable sending = sequence(connection, 500_000).subscribe();
            Mono<Void> end = connection.shutdownOutput();
            Disposable ending = end.subscribe();
            assertEquals(500_000, pair.peer().checkSequence(0, 500_000));
            pair.peer().expectEnd();
            Await.until("both are done", () -> sending.isDisposed() && ending.isDisposed());
            Await.done(end);
            assertFalse(connection.isDisposed());
            pair.peer().write("ok");
            pair.peer().close();
            Await.done(connection.close());
            Await.done(end);
        }
    }

    @Test
    void shouldNotEndTheOutputOfAClosedConnection() {
        try (Pair pair = Pair.open(group())) {
            pair.connection().dispose();
            StepVerifier.create(pair.connection().shutdownOutput())
                    .expectError(ConnectionClosed.class)
                    .verify(Await.LIMIT);
        }
    }

    @Test
    void shouldKnowItsAddressesAfterTheEndIfItWasAskedBefore() {
        InetSocketAddress peerAddress;
        try (Pair asked = Pair.open(group());
                Pair never = Pair.open(group())) {
            peerAddress = new InetSocketAddress("127.0.0.1", asked.peer().port());
            assertEquals(peerAddress, asked.connection().remoteAddress());
            InetSocketAddress local = asked.connection().localAddress();
            for (Pair pair : new Pair[] {asked, never}) {
                pair.connection().dispose();
                Await.done(pair.connection().onClose());
            }
            assertEquals(peerAddress, asked.connection().remoteAddress());
            assertEquals(local, asked.connection().localAddress());
            assertNull(never.connection().remoteAddress());
            assertNull(never.connection().localAddress());
        }
    }
}
