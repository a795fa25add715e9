// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.BindFailed;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.UringNet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Binding, listening, and what ends it. */
class ListenTest extends KernelTest {
    private static Publisher<Void> echo(Connection connection) {
        return connection.send(connection.receive());
    }

    private static void expectEcho(InetSocketAddress server) {
        try (Peer peer = Peer.connect(server)) {
            peer.write("hello");
            assertEquals("hello", peer.readText(5));
            peer.shutdownOutput();
            peer.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void shouldServeOnTheAddressWithAPortOfTheKernelsChoice(String host) throws IOException {
        Assumptions.assumeTrue(isLocal(host), "no " + host + " on this machine");
        Listener listener =
                Await.get(UringNet.listen(ListenOptions.port(0).host(host).group(group())));
        InetSocketAddress address = listener.address();
        assertNotEquals(0, address.getPort());
        assertEquals(InetAddress.getByName(host), address.getAddress());
        Disposable serving = listener.serve(ListenTest::echo).subscribe();
        expectEcho(address);
        serving.dispose();
        Await.done(listener.onClose());
    }

    private static boolean isLocal(String host) throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getByName(host)) != null;
    }

    @Test
    void shouldServeIpv4AndIpv6OnTheWildcardAddress() throws IOException {
        Listener listener = Await.get(UringNet.listen(ListenOptions.port(0).group(group())));
        Disposable serving = listener.serve(ListenTest::echo).subscribe();
        int port = listener.address().getPort();
        expectEcho(new InetSocketAddress("127.0.0.1", port));
        if (isLocal("::1")) {
            expectEcho(new InetSocketAddress("::1", port));
        }
        serving.dispose();
        Await.done(listener.onClose());
    }

    @Test
    void shouldTellIpv4AddressesOfADualStackListenerAsIpv4() {
        Listener listener = Await.get(UringNet.listen(ListenOptions.port(0).group(group())));
        Set<InetSocketAddress> seen = ConcurrentHashMap.newKeySet();
        Disposable serving =
                listener.serve(
                                c -> {
                                    seen.add(Objects.requireNonNull(c.remoteAddress()));
                                    return Mono.empty();
                                })
                        .subscribe();
        try (Peer peer =
                Peer.connect(new InetSocketAddress("127.0.0.1", listener.address().getPort()))) {
            peer.expectEnd();
            assertEquals(Set.of(new InetSocketAddress("127.0.0.1", peer.port())), seen);
        }
        serving.dispose();
        Await.done(listener.onClose());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseAPortThatAnotherSocketHas(boolean reusePort) throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            other.setOption(StandardSocketOptions.SO_REUSEPORT, reusePort);
            other.bind(new InetSocketAddress("127.0.0.1", 0));
            ListenOptions options =
                    ListenOptions.port(other.getLocalPort()).host("127.0.0.1").group(group());
            StepVerifier.create(UringNet.listen(options))
                    .expectError(BindFailed.class)
                    .verify(Await.LIMIT);
        }
    }

    @Test
    void shouldRefuseAPortThatAnotherListenerHas() {
        Listener first = Await.get(UringNet.listen(loopback()));
        BindFailed refused =
                assertThrows(BindFailed.class, () -> listenBlocking(loopbackOn(first.address())));
        assertEquals("bind", refused.operation());
        assertEquals(first.address(), refused.endpoint());
        first.dispose();
        Await.done(first.onClose());
    }

    private ListenOptions loopbackOn(InetSocketAddress address) {
        return ListenOptions.port(0).address(address).group(group());
    }

    private static Listener listenBlocking(ListenOptions options) throws Throwable {
        try {
            return Await.get(UringNet.listen(options));
        } catch (RuntimeException e) {
            throw reactor.core.Exceptions.unwrap(e);
        }
    }

    @Test
    void shouldRefuseAnAddressOfAnotherMachine() {
        // 192.0.2.0/24 is reserved for documentation (RFC 5737).
        ListenOptions options = ListenOptions.port(0).host("192.0.2.1").group(group());
        StepVerifier.create(UringNet.listen(options))
                .expectError(BindFailed.class)
                .verify(Await.LIMIT);
    }

    @Test
    void shouldShareOnePortAmongSeveralRings() {
        try (Rings rings = Rings.of(4)) {
            Set<Object> schedulers = ConcurrentHashMap.newKeySet();
            Listener listener = Await.get(UringNet.listen(Pair.loopback(rings.group())));
            Disposable serving =
                    listener.serve(
                                    c -> {
                                        schedulers.add(c.scheduler());
                                        return echo(c);
                                    })
                            .subscribe();
            for (int i = 0; i < 200; i++) {
                expectEcho(listener.address());
            }
            assertEquals(new HashSet<Object>(rings.group().rings()), schedulers);
            serving.dispose();
            Await.done(listener.onClose());
        }
    }

    /** A group of its own for one test. */
    private record Rings(RingGroup group) implements AutoCloseable {
        static Rings of(int count) {
            return new Rings(RingGroup.create(RingGroupOptions.defaults().rings(count)));
        }

        @Override
        public void close() {
            Await.done(group.disposeGracefully());
        }
    }

    @Test
    void shouldRefuseASecondTaker() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        Disposable first = listener.connections().subscribe(Connection::dispose);
        StepVerifier.create(listener.connections())
                .expectError(IllegalStateException.class)
                .verify(Await.LIMIT);
        StepVerifier.create(listener.serve(ListenTest::echo))
                .expectError(IllegalStateException.class)
                .verify(Await.LIMIT);
        first.dispose();
        Await.done(listener.onClose());
    }

    @Test
    void shouldCloseTheListenerOnCancelAndFreeThePortAtOnce() throws Throwable {
        InetSocketAddress address = null;
        for (int i = 0; i < 100; i++) {
            Listener listener = listenBlocking(address == null ? loopback() : loopbackOn(address));
            address = listener.address();
            Disposable accepting = listener.connections().subscribe(Connection::dispose);
            if (i % 10 == 0) {
                Peer.visit(address);
            }
            accepting.dispose();
            assertTrue(listener.isDisposed());
            Await.done(listener.onClose());
        }
        InetSocketAddress closed = Objects.requireNonNull(address);
        assertThrows(UncheckedIOException.class, () -> Peer.connect(closed));
    }

    @Test
    void shouldFreeThePortAtOnceAfterStop() throws Throwable {
        InetSocketAddress address = null;
        for (int i = 0; i < 100; i++) {
            Listener listener = listenBlocking(address == null ? loopback() : loopbackOn(address));
            address = listener.address();
            Disposable serving = listener.serve(ListenTest::echo).subscribe();
            expectEcho(address);
            Await.done(listener.stop());
            Await.until("serve() completes", serving::isDisposed);
        }
    }

    @Test
    void shouldNotListenOnAGroupThatHasStopped() {
        Rings rings = Rings.of(1);
        rings.close();
        Throwable refused =
                assertThrows(
                        RuntimeException.class,
                        () -> Await.get(UringNet.listen(Pair.loopback(rings.group()))));
        assertInstanceOf(RejectedExecutionException.class, refused);
    }

    @Test
    void shouldFailForABadHostName() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ListenOptions.port(0).host("no.such.invalid"));
    }
}
