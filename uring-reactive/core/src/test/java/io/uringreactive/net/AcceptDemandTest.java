// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.RingScheduler;
import io.uringreactive.UringNet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;

/** Demand on connections: who is served, who waits, and that nobody is lost. */
class AcceptDemandTest extends KernelTest {
    private static final Duration A_WHILE = Duration.ofMillis(200);

    /** Takes connections with demand given by hand. */
    private static final class ByHand extends BaseSubscriber<Connection> {
        final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean inside = new AtomicBoolean();
        final AtomicBoolean overlapped = new AtomicBoolean();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Demand comes from the test.
        }

        @Override
        protected void hookOnNext(Connection connection) {
            if (!inside.compareAndSet(false, true)) {
                overlapped.set(true);
            }
            connections.add(connection);
            inside.set(false);
        }
    }

    private static boolean hasInput(Peer peer) {
        try {
            return peer.channel().socket().getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldCloseTheListenerOfASubscriberThatThrows() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        BaseSubscriber<Connection> throwing =
                new BaseSubscriber<>() {
                    @Override
                    protected void hookOnNext(Connection connection) {
                        connection.dispose();
                        throw new OutOfMemoryError("a test's");
                    }
                };
        listener.connections().subscribe(throwing);
        try (Peer peer = Peer.connect(listener.address())) {
            peer.expectReset();
            Await.done(listener.onClose());
        }
        log().clear();
    }

    @Test
    void shouldTakeLimitsLongerThanALongOfNanoseconds() {
        Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
        try (Pair pair =
                Pair.open(
                        group(),
                        options ->
                                options.unclaimedTimeout(ever)
                                        .connection(options.connection().closeTimeout(ever)),
                        0)) {
            pair.connection().close().subscribe();
            pair.peer().expectEnd();
            pair.peer().close();
            Await.done(pair.connection().onClose());
        }
    }

    @Test
    void shouldServe256AndLetTheRestWaitWithPlainFlatMap() {
        AtomicInteger served = new AtomicInteger();
        Listener listener = Await.get(UringNet.listen(loopback()));
        Disposable serving =
                listener.connections()
                        .flatMap(
                                connection -> {
                                    served.incrementAndGet();
                                    return connection.handle(c -> c.send(c.receive()));
                                })
                        .subscribe();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Peer peer = Peer.connect(listener.address());
            peer.write("x");
            peers.add(peer);
        }
        Await.until(
                "256 are answered",
                () -> peers.stream().filter(AcceptDemandTest::hasInput).count() == 256);
        Await.whileHolds(A_WHILE, "256 are served", () -> served.get() == 256);

        // As some end, as many others are served.
        peers.stream().filter(AcceptDemandTest::hasInput).limit(44).forEach(Peer::close);
        peers.removeIf(peer -> !peer.channel().isOpen());
        for (Peer peer : peers) {
            assertEquals("x", peer.readText(1));
            peer.close();
        }
        assertEquals(300, served.get());
        serving.dispose();
        Await.done(listener.onClose());
    }

    @Test
    void shouldEmitAsManyAsAreRequested() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        ByHand taker = new ByHand();
        listener.connections().subscribe(taker);
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Peer peer = Peer.connect(listener.address());
            peer.write("hello");
            peers.add(peer);
        }
        Await.whileHolds(A_WHILE, "nothing is emitted", taker.connections::isEmpty);
        for (int i = 1; i <= peers.size(); i++) {
            int expected = i;
            taker.request(1);
            Await.until("one more", () -> taker.connections.size() >= expected);
            assertEquals(expected, taker.connections.size());
        }
        for (Connection connection : taker.connections) {
            connection.send(connection.receive()).onErrorComplete().subscribe();
        }
        for (Peer peer : peers) {
            assertEquals("hello", peer.readText(5));
            peer.close();
        }
        taker.connections.forEach(Connection::dispose);
        taker.cancel();
        Await.done(listener.onClose());
    }

    @Test
    void shouldSerialiseWhatSeveralRingsAccept() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        ByHand taker = new ByHand();
        listener.connections().subscribe(taker);
        taker.request(Long.MAX_VALUE);
        for (int i = 0; i < 500; i++) {
            Peer.connect(listener.address()).close();
        }
        Await.until("all are emitted", () -> taker.connections.size() == 500);
        assertFalse(taker.overlapped.get(), "two rings signalled at once");
        taker.connections.forEach(Connection::dispose);
        taker.cancel();
        Await.done(listener.onClose());
    }

    @Test
    void shouldAbortAConnectionThatNobodyUses() {
        Listener listener =
                Await.get(UringNet.listen(loopback().unclaimedTimeout(Duration.ofMillis(100))));
        ByHand taker = new ByHand();
        listener.connections().subscribe(taker);
        taker.request(2);
        try (Peer unused = Peer.connect(listener.address());
                Peer used = Peer.connect(listener.address())) {
            Await.until("both are emitted", () -> taker.connections.size() == 2);
            Connection claimed =
                    taker.connections.stream()
                            .filter(
                                    c ->
                                            String.valueOf(c.remoteAddress())
                                                    .endsWith(":" + used.port()))
                            .findFirst()
                            .orElseThrow();
            claimed.send(claimed.receive()).onErrorComplete().subscribe();
            unused.expectReset();
            assertTrue(
                    log().warnings().stream().anyMatch(w -> w.contains("used by nobody")),
                    log().warnings()::toString);
            assertEquals(1, listener.status().unclaimed());
            used.write("still");
            assertEquals("still", used.readText(5));
            claimed.dispose();
        }
        taker.cancel();
        Await.done(listener.onClose());
    }

    @Test
    void shouldNotAbortAConnectionThatWasUsedBeforeItWasWatched() {
        try (Pair pair = Pair.open(group())) {
            UringConnection connection = (UringConnection) pair.connection();
            connection
                    .loop()
                    .execute(
                            () -> {
                                connection.claim();
                                connection.watchUnclaimed(Duration.ofNanos(1), "a test", () -> {});
                            });
            Await.whileHolds(Duration.ofMillis(50), "it lives", () -> !connection.isDisposed());
        }
    }

    @Test
    void shouldLoseNothingWhileThereIsNoDemand() {
        Duration unclaimed = Duration.ofMillis(50);
        Listener listener = Await.get(UringNet.listen(loopback().unclaimedTimeout(unclaimed)));
        ByHand taker = new ByHand();
        listener.connections()
                .doOnNext(c -> c.handle(h -> h.send(h.receive())).subscribe())
                .subscribe(taker);
        List<Peer> peers = new ArrayList<>();
        taker.request(1);
        for (int i = 0; i < 50; i++) {
            Peer peer = Peer.connect(listener.address());
            peer.write("wait");
            peers.add(peer);
        }
        Await.whileHolds(
                unclaimed.multipliedBy(5), "one is emitted", () -> taker.connections.size() <= 1);
        taker.request(Long.MAX_VALUE);
        for (Peer peer : peers) {
            assertEquals("wait", peer.readText(4));
            peer.close();
        }
        taker.cancel();
        Await.done(listener.onClose());
    }

    @Test
    void shouldServeAThousandShortConnections() {
        try (Server server = Server.echo(loopback())) {
            for (int i = 0; i < 1_000; i++) {
                try (Peer peer = server.connect()) {
                    peer.write("short");
                    assertEquals("short", peer.readText(5));
                }
            }
        }
    }

    @Test
    void shouldServeTheBacklogWhenItStops() throws InterruptedException {
        assumeAcceptWithoutWaiting();
        CountDownLatch release = new CountDownLatch(1);
        try (Server server = Server.echo(loopback())) {
            CountDownLatch held = new CountDownLatch(group().rings().size());
            for (RingScheduler ring : group().rings()) {
                ring.schedule(() -> hold(held, release));
            }
            assertTrue(held.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS));
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Peer peer = server.connect();
                peer.write("backlog");
                peers.add(peer);
            }
            Disposable stopping = server.listener().stop().subscribe();
            release.countDown();
            for (Peer peer : peers) {
                assertEquals("backlog", peer.readText(7));
                peer.close();
            }
            Await.until("stop() completes", stopping::isDisposed);
            Await.until("serve() completes", server.serving()::isDisposed);
        } finally {
            release.countDown();
        }
    }

    private static void hold(CountDownLatch held, CountDownLatch release) {
        held.countDown();
        try {
            assertTrue(release.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
