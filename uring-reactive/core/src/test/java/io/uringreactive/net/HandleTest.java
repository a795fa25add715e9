// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.ConnectionReset;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What becomes of a connection with its handler, under handle() and under serve(). */
class HandleTest extends KernelTest {
    private static final Function<Connection, Publisher<Void>> THROWS =
            c -> {
                throw new IllegalStateException("thrown by a test's handler");
            };

    private static Stream<Named<Function<Connection, Publisher<Void>>>> failing() {
        return Stream.of(
                Named.of("throws", THROWS),
                Named.of("returns null", HandleTest::nothing),
                Named.of("fails", c -> Mono.error(new IllegalStateException("a handler's"))),
                Named.of("fails after sending", c -> c.sendText("x").then(Mono.error(new Error()))),
                Named.of("throws from subscribe", c -> HandleTest::throwing));
    }

    private static void throwing(Object subscriber) {
        throw new IllegalStateException("thrown to " + subscriber);
    }

    /** A handler that breaks its contract. */
    @SuppressWarnings("NullAway")
    private static Publisher<Void> nothing(Connection connection) {
        return null;
    }

    @ParameterizedTest
    @MethodSource("failing")
    void shouldAbortAndCompleteWhenTheHandler(Function<Connection, Publisher<Void>> handler) {
        try (Pair pair = Pair.open(group())) {
            StepVerifier.create(pair.connection().handle(handler))
                    .expectComplete()
                    .verify(Await.LIMIT);
            pair.peer().expectReset();
            assertTrue(
                    log().warnings().stream().anyMatch(w -> w.contains("the handler of")),
                    log().warnings()::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("failing")
    void shouldGoOnServingWhenOneHandler(Function<Connection, Publisher<Void>> handler) {
        AtomicBoolean first = new AtomicBoolean(true);
        try (Server server =
                Server.of(
                        loopback(),
                        c -> first.getAndSet(false) ? handler.apply(c) : c.send(c.receive()))) {
            expectReset(server);
            try (Peer peer = server.connect()) {
                peer.write("hello");
                assertEquals("hello", peer.readText(5));
            }
        }
    }

    private static void expectReset(Server server) {
        try (Peer unlucky = server.connect()) {
            unlucky.expectReset();
        } catch (UncheckedIOException e) {
            // On a slow machine the reset is there before connect(2) has returned.
            assertTrue(String.valueOf(e.getMessage()).contains("reset"), e::toString);
        }
    }

    @Test
    void shouldCloseInOrderWhenTheHandlerCompletesAtOnce() {
        try (Server server = Server.of(loopback(), c -> Mono.empty())) {
            for (int i = 0; i < 50; i++) {
                try (Peer peer = server.connect()) {
                    peer.write("unread");
                    peer.expectEnd();
                }
            }
        }
    }

    @Test
    void shouldReportAPeersResetAtDebugOnly() {
        try (Pair pair = Pair.open(group())) {
            Disposable handling = pair.connection().handle(c -> c.send(c.receive())).subscribe();
            pair.peer().write("x");
            assertEquals("x", pair.peer().readText(1));
            pair.peer().reset();
            Await.until("handled", handling::isDisposed);
            assertEquals(0, log().warnings().size(), log().warnings()::toString);
        }
    }

    @Test
    void shouldStayOpenWhileTheHandlerNeverCompletes() {
        AtomicBoolean cancelled = new AtomicBoolean();
        try (Pair pair = Pair.open(group())) {
            Disposable handling =
                    pair.connection()
                            .handle(
                                    c ->
                                            c.sendText("hello")
                                                    .then(Mono.<Void>never())
                                                    .doOnCancel(() -> cancelled.set(true)))
                            .subscribe();
            assertEquals("hello", pair.peer().readText(5));
            handling.dispose();
            pair.peer().expectReset();
            assertTrue(cancelled.get(), "the handler goes on");
        }
    }

    @Test
    void shouldCancelTheHandlerAtAnyPoint() {
        for (int i = 0; i < 300; i++) {
            AtomicBoolean started = new AtomicBoolean();
            AtomicBoolean cancelled = new AtomicBoolean();
            try (Pair pair = Pair.open(group())) {
                Disposable handling =
                        pair.connection()
                                .handle(
                                        c ->
                                                Mono.<Void>never()
                                                        .doOnSubscribe(s -> started.set(true))
                                                        .doOnCancel(() -> cancelled.set(true)))
                                .subscribe();
                if (i % 2 == 0) {
                    Await.within(Duration.ofNanos(i * 500L), started::get);
                }
                handling.dispose();
                Await.done(pair.connection().onClose());
                Await.until(
                        "a handler that has started is cancelled",
                        () -> started.get() == cancelled.get());
            }
        }
    }

    @Test
    void shouldFailTheHandlerWithThePeersReset() {
        try (Pair pair = Pair.open(group())) {
            AtomicBoolean reset = new AtomicBoolean();
            Disposable handling =
                    pair.connection()
                            .handle(
                                    c ->
                                            c.send(c.receive())
                                                    .doOnError(
                                                            ConnectionReset.class,
                                                            e -> reset.set(true)))
                            .subscribe();
            pair.peer().reset();
            Await.until("handled", handling::isDisposed);
            assertTrue(reset.get());
        }
    }

    @Test
    void shouldLetConnectionsLiveWhenServingIsCancelled() {
        try (Server server = Server.echo(loopback());
                Peer peer = server.connect()) {
            peer.write("a");
            assertEquals("a", peer.readText(1));
            server.serving().dispose();
            Await.done(server.listener().onClose());
            peer.write("b");
            assertEquals("b", peer.readText(1));
        }
    }
}
