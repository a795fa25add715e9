// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.BindFailed;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.UringNet;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;

/** A rail per ring. */
class AcceptParallelTest extends KernelTest {
    private static final int CONNECTIONS = 100;

    private static Mono<Void> echo(Connection connection) {
        return connection.handle(c -> c.send(c.receive()));
    }

    private static List<Peer> connect(InetSocketAddress address, int count) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(Peer.connect(address));
        }
        return peers;
    }

    private static void talk(List<Peer> peers) {
        peers.forEach(peer -> peer.write("hello"));
        peers.forEach(peer -> assertEquals("hello", peer.readText(5)));
    }

    @Test
    void shouldSignalEachRailOnItsRing() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        assertEquals(2, listener.connectionsByRing().parallelism());
        Map<Scheduler, Thread> threads = new ConcurrentHashMap<>();
        Disposable serving =
                listener.connectionsByRing()
                        .doOnNext(
                                connection -> {
                                    Thread own = Thread.currentThread();
                                    Thread first = threads.putIfAbsent(connection.scheduler(), own);
                                    assertTrue(first == null || first == own);
                                })
                        .flatMap(AcceptParallelTest::echo, false, Integer.MAX_VALUE)
                        .subscribe();
        List<Peer> peers = connect(listener.address(), CONNECTIONS);
        talk(peers);
        assertEquals(2, threads.size());
        peers.forEach(Peer::close);
        serving.dispose();
        Await.done(listener.onClose());
    }

    @Test
    void shouldBindAndServe() {
        InetSocketAddress address;
        try (Server free = Server.echo(loopback())) {
            address = free.address();
        }
        ListenOptions options = loopback().address(address);
        ParallelFlux<Connection> connections = UringNet.acceptParallel(options);
        assertEquals(2, connections.parallelism());
        Disposable serving =
                connections
                        .flatMap(AcceptParallelTest::echo, false, Integer.MAX_VALUE)
                        .sequential()
                        .subscribe();
        List<Peer> peers = connect(address, 10);
        talk(peers);
        StepVerifier.create(UringNet.acceptParallel(options).sequential())
                .expectError(BindFailed.class)
                .verify(Await.LIMIT);
        peers.forEach(Peer::close);
        serving.dispose();
        Await.until("the port is free again", () -> mayBind(options));
    }

    private static boolean mayBind(ListenOptions options) {
        try {
            Listener listener = Await.get(UringNet.listen(options));
            listener.dispose();
            Await.done(listener.onClose());
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Takes connections by hand. */
    private static final class Rail extends BaseSubscriber<Connection> {
        final AtomicInteger taken = new AtomicInteger();
        volatile boolean completed;
        volatile @Nullable Throwable failure;

        @Override
        protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
            // Requested by hand.
        }

        @Override
        protected void hookOnNext(Connection connection) {
            taken.incrementAndGet();
            echo(connection).subscribe();
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }

        @Override
        protected void hookOnError(Throwable error) {
            failure = error;
        }
    }

    @Test
    void shouldGiveEachRailADemandOfItsOwn() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        Rail[] rails = {new Rail(), new Rail()};
        listener.connectionsByRing().subscribe(rails);
        rails[0].request(Long.MAX_VALUE);
        List<Peer> peers = connect(listener.address(), CONNECTIONS);
        // The hash of 100 connections leaves no ring without any.
        Await.until("the first rail has some", () -> rails[0].taken.get() > 0);
        Await.whileHolds(
                Duration.ofMillis(50), "the second has none", () -> rails[1].taken.get() == 0);
        rails[1].request(1);
        Await.until("one", () -> rails[1].taken.get() == 1);
        rails[1].request(Long.MAX_VALUE);
        talk(peers);
        assertEquals(CONNECTIONS, rails[0].taken.get() + rails[1].taken.get());
        peers.forEach(Peer::close);
        rails[0].cancel();
        Await.done(listener.onClose());
        Await.until("the other rail completes", () -> rails[1].completed);
    }

    @Test
    void shouldRefuseASecondSubscriber() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        Disposable first = listener.connectionsByRing().subscribe();
        StepVerifier.create(listener.connections())
                .expectError(IllegalStateException.class)
                .verify(Await.LIMIT);
        StepVerifier.create(listener.connectionsByRing().sequential())
                .expectError(IllegalStateException.class)
                .verify(Await.LIMIT);
        first.dispose();
        Await.done(listener.onClose());
    }

    @Test
    void shouldRefuseAWrongNumberOfRails() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        Rail rail = new Rail();
        listener.connectionsByRing().subscribe(new Rail[] {rail});
        assertInstanceOf(IllegalArgumentException.class, rail.failure);
        assertFalse(listener.isDisposed());
        listener.dispose();
        Await.done(listener.onClose());
    }
}
