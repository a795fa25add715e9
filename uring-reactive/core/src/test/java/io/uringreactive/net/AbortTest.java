// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.ConnectionReset;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Connections that end at once, on either side. */
class AbortTest extends KernelTest {
    @Test
    void shouldResetThePeer() {
        try (Pair pair = Pair.open(group())) {
            pair.connection().dispose();
            pair.peer().expectReset();
            Await.done(pair.connection().onClose());
        }
    }

    @Test
    void shouldFailWhoSendsAndReceives() {
        try (Pair pair = Pair.open(group())) {
            Tracked tracked = new Tracked();
            Taker taker = Taker.requesting(Long.MAX_VALUE);
            pair.connection().receive().subscribe(taker);
            StepVerifier.create(
                            pair.connection()
                                    .send(Flux.range(0, 10_000).map(i -> tracked.next(50_000))))
                    .then(pair.connection()::dispose)
                    .expectError(ConnectionClosed.class)
                    .verify(Await.LIMIT);
            assertInstanceOf(ConnectionClosed.class, taker.end().orElseThrow());
            tracked.expectAllReleased();
            pair.peer().expectReset();
        }
    }

    @Test
    void shouldFailWhoReceivesWhenThePeerResets() {
        try (Pair pair = Pair.open(group())) {
            Taker taker = Taker.requesting(1);
            pair.connection().receive().subscribe(taker);
            pair.peer().reset();
            assertInstanceOf(ConnectionReset.class, taker.end().orElseThrow());
        }
    }

    /** The peer ends nothing: only the abort does. */
    @Test
    void shouldEndWhenAReceiverAbortsBecauseOfTheClose() {
        try (Pair pair = Pair.open(group())) {
            Connection connection = pair.connection();
            connection
                    .receive()
                    .doOnError(e -> connection.dispose())
                    .onErrorComplete()
                    .subscribe(b -> b.release());
            connection.close().subscribe();
            Await.done(connection.onClose());
        }
    }

    @Test
    void shouldEndBehindSubscribersThatThrowFromOnError() {
        try (Pair pair = Pair.open(group())) {
            Connection connection = pair.connection();
            connection.send(Mono.never()).subscribe(null, AbortTest::rethrow);
            connection.receive().subscribe(b -> b.release(), AbortTest::rethrow);
            connection.dispose();
            Await.done(connection.onClose());
            assertEquals(2, log().uncaught().size());
            log().clear();
        }
    }

    private static void rethrow(Throwable error) {
        throw new IllegalStateException(error);
    }

    @Test
    void shouldLeaveNothingWhateverMeetsTheAbort() {
        Random random = new Random(17);
        for (int round = 0; round < 200; round++) {
            Tracked tracked = new Tracked();
            try (Pair pair = Pair.open(group())) {
                Connection connection = pair.connection();
                connection.receive().onErrorComplete().subscribe(b -> b.release());
                connection
                        .send(Flux.range(0, 20).map(i -> tracked.next(5_000)))
                        .onErrorComplete()
                        .subscribe();
                pair.peer().writeSequence(0, 20_000);
                switch (random.nextInt(4)) {
                    case 0 -> connection.close().subscribe();
                    case 1 -> connection.shutdownOutput().onErrorComplete().subscribe();
                    case 2 -> pair.peer().reset();
                    default -> pair.peer().shutdownOutput();
                }
                LockSupport.parkNanos(random.nextInt(200_000));
                connection.dispose();
                Await.done(connection.onClose());
            }
            tracked.expectAllReleased();
        }
    }

    @Test
    void shouldAbortEverythingWhenTheGroupStops() {
        RingGroup group = RingGroup.create(RingGroupOptions.defaults().rings(2));
        AtomicInteger closed = new AtomicInteger();
        List<Peer> peers = new ArrayList<>();
        Tracked tracked = new Tracked();
        Server server =
                Server.of(
                        Pair.loopback(group),
                        c -> {
                            c.onClose().doOnTerminate(closed::incrementAndGet).subscribe();
                            synchronized (tracked) {
                                return c.send(
                                        Flux.just(tracked.next(100_000)).concatWith(Mono.never()));
                            }
                        });
        for (int i = 0; i < 100; i++) {
            peers.add(server.connect());
        }
        Await.until("all are served", () -> tracked.count() == 100);
        Await.done(group.disposeGracefully());
        for (Peer peer : peers) {
            peer.expectReset();
            peer.close();
        }
        assertEquals(100, closed.get());
        Await.until("serve() completes", server.serving()::isDisposed);
        assertTrue(server.listener().isDisposed());
        tracked.expectAllReleased();
    }

    @Test
    void shouldServeTheRestAfterResetsInTheMiddle() {
        AtomicInteger handled = new AtomicInteger();
        List<Peer> peers = new ArrayList<>();
        try (Server server =
                Server.of(
                        loopback(),
                        c -> {
                            if (handled.incrementAndGet() == 500) {
                                throw new IllegalStateException("one handler throws");
                            }
                            return c.send(c.receive());
                        })) {
            for (int i = 0; i < 1_000; i++) {
                Peer peer = server.connect();
                peers.add(peer);
            }
            Await.until("all are accepted", () -> handled.get() == 1_000);
            for (int i = 0; i < 1_000; i++) {
                try {
                    peers.get(i).writeSequence(0, 10_000);
                } catch (UncheckedIOException e) {
                    // The one whose handler threw is reset already.
                }
                if (i % 2 == 0) {
                    peers.get(i).reset();
                }
            }
            int whole = 0;
            for (int i = 1; i < 1_000; i += 2) {
                try (Peer peer = peers.get(i)) {
                    if (peer.checkSequence(0, 10_000) == 10_000) {
                        whole++;
                    }
                } catch (UncheckedIOException e) {
                    // The one whose handler threw.
                }
            }
            assertTrue(whole >= 499, whole + " of 500 were served whole");
            try (Peer peer = server.connect()) {
                peer.write("still here");
                assertEquals("still here", peer.readText(10));
            }
        } finally {
            peers.forEach(Peer::close);
        }
    }

    @Test
    void shouldBeDisposedOnceAndForAll() {
        try (Pair pair = Pair.open(group())) {
            Disposable closing = pair.connection().close().subscribe();
            pair.connection().dispose();
            pair.connection().dispose();
            Await.until("closed", closing::isDisposed);
            Await.done(pair.connection().close());
        }
    }
}
