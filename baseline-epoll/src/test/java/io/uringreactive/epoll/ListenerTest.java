// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.BindFailed;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.ListenerStatus;
import io.uringreactive.Placement;
import io.uringreactive.RingGroup;
import io.uringreactive.Transport;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.ring.RingUnavailable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Binding, accepting as far as it is asked for, and the end of it. */
class ListenerTest {
    private static final Duration QUIET = Duration.ofMillis(150);

    private static List<Socket> clients(InetSocketAddress to, int count) throws IOException {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(new Socket(to.getAddress(), to.getPort()));
        }
        return clients;
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldAcceptAsFarAsItIsAskedFor(String name) throws IOException {
        Transport transport = Wired.open(name, 2);
        Listener listener = Wired.get(transport.listen(Wired.loopback()));
        clients(listener.address(), 3);
        StepVerifier.create(listener.connections(), 0)
                .expectSubscription()
                .expectNoEvent(QUIET)
                .thenRequest(1)
                .expectNextCount(1)
                .expectNoEvent(QUIET)
                .thenRequest(2)
                .expectNextCount(2)
                .thenCancel()
                .verify(Wired.LIMIT);
        listener.onClose().block(Wired.LIMIT);
        assertEquals(new ListenerStatus(3, 0, 0), listener.status());
        transport.disposeGracefully().block(Wired.LIMIT);
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldGiveEachRailItsOwnThread(String name) throws Exception {
        Transport transport = Wired.open(name, 2);
        Listener listener = Wired.get(transport.listen(Wired.loopback()));
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch accepted = new CountDownLatch(10);
        listener.connectionsByRing()
                .subscribe(
                        connection -> {
                            threads.add(Thread.currentThread().getName());
                            assertEquals(
                                    Thread.currentThread().getName(),
                                    connection.scheduler().toString());
                            accepted.countDown();
                        });
        clients(listener.address(), 10);
        assertTrue(accepted.await(20, TimeUnit.SECONDS));
        assertEquals(2, threads.size());
        transport.disposeGracefully().block(Wired.LIMIT);
    }

    /** A rail that asks for nothing gets nothing, and starves nobody. */
    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldPassByARailWithoutDemand(String name) throws Exception {
        Transport transport = Wired.open(name, 2);
        Listener listener = Wired.get(transport.listen(Wired.loopback()));
        Queue<Connection> first = new ConcurrentLinkedQueue<>();
        CountDownLatch second = new CountDownLatch(8);
        BaseSubscriber<Connection> idle =
                new BaseSubscriber<>() {
                    @Override
                    protected void hookOnSubscribe(org.reactivestreams.Subscription s) {}

                    @Override
                    protected void hookOnNext(Connection connection) {
                        first.add(connection);
                    }
                };
        BaseSubscriber<Connection> busy =
                new BaseSubscriber<>() {
                    @Override
                    protected void hookOnNext(Connection connection) {
                        second.countDown();
                    }
                };
        @SuppressWarnings({"unchecked", "rawtypes"}) // there is no generic array
        reactor.core.CoreSubscriber<Connection>[] rails =
                new reactor.core.CoreSubscriber[] {idle, busy};
        listener.connectionsByRing().subscribe(rails);
        clients(listener.address(), 8);
        assertTrue(second.await(20, TimeUnit.SECONDS));
        assertTrue(first.isEmpty());
        transport.disposeGracefully().block(Wired.LIMIT);
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldPlaceByLoad(String name) throws IOException {
        ListenOptions options = Wired.loopback().placement(Placement.LEAST_CONNECTIONS);
        try (Wired wired = Wired.on(name, options)) {
            Connection one = wired.pair().connection();
            Connection other = wired.pair().connection();
            assertNotEquals(one.scheduler(), other.scheduler());
            one.dispose();
            one.onClose().block(Wired.LIMIT);
            assertEquals(one.scheduler(), wired.pair().connection().scheduler());
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldTakeTheBacklogAndFreeThePortWhenItStops(String name) throws IOException {
        Transport transport = Wired.open(name, 2);
        Listener listener = Wired.get(transport.listen(Wired.loopback()));
        List<Socket> clients = clients(listener.address(), 40);
        Queue<Connection> accepted = new ConcurrentLinkedQueue<>();
        Mono<Void> all = listener.connections().doOnNext(accepted::add).then().cache();
        all.subscribe();
        listener.stop().block(Wired.LIMIT);
        all.block(Wired.LIMIT);
        assertEquals(40, accepted.size());
        accepted.forEach(connection -> connection.sendText("x").block(Wired.LIMIT));
        for (Socket client : clients) {
            assertEquals('x', client.getInputStream().read());
        }
        ListenOptions again = Wired.loopback().address(listener.address());
        Wired.get(transport.listen(again)).dispose();
        transport.disposeGracefully().block(Wired.LIMIT);
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldSayThatThePortIsInUse(String name) {
        try (Wired wired = Wired.on(name)) {
            InetSocketAddress taken = wired.listener().address();
            StepVerifier.create(wired.transport().listen(Wired.loopback().address(taken)))
                    .expectErrorSatisfies(
                            error -> {
                                BindFailed failed = assertInstanceOf(BindFailed.class, error);
                                assertEquals(Errno.EADDRINUSE.number(), failed.errno());
                                assertEquals("bind", failed.operation());
                                assertEquals(taken, failed.endpoint());
                            })
                    .verify(Wired.LIMIT);
            StepVerifier.create(
                            wired.transport()
                                    .listen(ListenOptions.port(0).host("192.0.2.1"))) // RFC 5737
                    .expectErrorSatisfies(
                            error ->
                                    assertEquals(
                                            Errno.EADDRNOTAVAIL.number(),
                                            assertInstanceOf(BindFailed.class, error).errno()))
                    .verify(Wired.LIMIT);
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldAbortAConnectionThatNobodyUses(String name) throws IOException {
        ListenOptions options = Wired.loopback().unclaimedTimeout(Duration.ofMillis(50));
        try (Wired wired = Wired.on(name, options)) {
            Connection unused = wired.pair().connection();
            unused.onClose().block(Wired.LIMIT);
            assertTrue(unused.isDisposed());
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldRefuseRingsAndASecondSubscriber(String name) {
        try (Wired wired = Wired.on(name)) {
            StepVerifier.create(wired.listener().connections())
                    .expectError(IllegalStateException.class)
                    .verify(Wired.LIMIT);
            RingGroup rings;
            try {
                rings = RingGroup.shared();
            } catch (RingUnavailable e) {
                Assumptions.abort("no io_uring: " + e.getMessage());
                return;
            }
            StepVerifier.create(wired.transport().listen(Wired.loopback().group(rings)))
                    .expectError(IllegalArgumentException.class)
                    .verify(Wired.LIMIT);
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldEndEverythingWithItsThreads(String name) throws IOException {
        Wired wired = Wired.on(name);
        Connection connection = wired.pair().connection();
        Connection connected =
                Wired.get(
                        wired.transport()
                                .connect(
                                        io.uringreactive.ConnectOptions.to(
                                                wired.listener().address())));
        wired.close();
        connection.onClose().block(Wired.LIMIT);
        connected.onClose().block(Wired.LIMIT);
        wired.listener().onClose().block(Wired.LIMIT);
        StepVerifier.create(wired.transport().listen(Wired.loopback()))
                .expectError(RejectedExecutionException.class)
                .verify(Wired.LIMIT);
        StepVerifier.create(connection.sendText("late"))
                .expectError(io.uringreactive.ConnectionClosed.class)
                .verify(Wired.LIMIT);
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldServe(String name) throws IOException {
        Transport transport = Wired.open(name, 1);
        Listener listener = Wired.get(transport.listen(Wired.loopback()));
        listener.serve(connection -> connection.send(connection.receive())).subscribe();
        try (Socket client = clients(listener.address(), 1).getFirst()) {
            client.getOutputStream().write('e');
            assertEquals('e', client.getInputStream().read());
        }
        transport.disposeGracefully().block(Wired.LIMIT);
        listener.onClose().block(Wired.LIMIT);
    }
}
