// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uringreactive.ConnectFailed;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.HostResolver;
import io.uringreactive.ListenOptions;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.TimedOut;
import io.uringreactive.UringNet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.NonBlocking;
import reactor.test.StepVerifier;

/** Several addresses of one host: which is tried when, and which wins (RFC 8305). */
class ConnectRaceTest extends KernelTest {
    private static final Duration LONG = Duration.ofSeconds(2);

    private ConnectOptions to(int port, String... addresses) {
        return to(port, host -> Stream.of(addresses).map(InetAddress::ofLiteral).toList());
    }

    private ConnectOptions to(int port, HostResolver resolver) {
        return ConnectOptions.to("host.test", port).group(group()).resolver(resolver);
    }

    private ListenOptions on(String address, int port) {
        return ListenOptions.port(port).host(address).group(group());
    }

    private static void closes(ConnectOptions options, String expected) {
        Connection connection = Await.get(UringNet.connect(options));
        InetSocketAddress remote = connection.remoteAddress();
        Await.done(connection.close());
        assertEquals(
                new InetSocketAddress(InetAddress.ofLiteral(expected), options.address().getPort()),
                remote);
    }

    @Test
    void shouldTryTheNextAddressBesideOneThatDoesNotAnswer() {
        try (FullBacklog full = FullBacklog.open();
                Server server = Server.echo(on("127.0.0.2", full.address().getPort()))) {
            ConnectOptions options = to(server.address().getPort(), "127.0.0.1", "127.0.0.2");
            closes(options.attemptDelay(Duration.ofMillis(20)), "127.0.0.2");
        }
    }

    @Test
    void shouldTryTheNextAddressAtOnceAfterOneThatFails() {
        try (Server server = Server.echo(on("127.0.0.2", 0))) {
            int port = server.address().getPort();
            ConnectOptions options = to(port, "127.0.0.1", "127.0.0.3", "127.0.0.2");
            // Far less than two delays: each refusal moves on by itself.
            closes(options.attemptDelay(LONG).timeout(LONG), "127.0.0.2");
        }
    }

    @Test
    void shouldPreferTheFirstAddressThatAnswers() {
        try (Server first = Server.echo(on("127.0.0.1", 0));
                Server second = Server.echo(on("127.0.0.2", first.address().getPort()))) {
            closes(to(second.address().getPort(), "127.0.0.1", "127.0.0.2"), "127.0.0.1");
        }
    }

    @Test
    void shouldCrossFamilies() throws SocketException {
        assumeTrue(hasIpv6Loopback(), "no IPv6: ::1 is not an address of this machine");
        try (Server server = Server.echo(on("::1", 0))) {
            closes(to(server.address().getPort(), "127.0.0.1", "127.0.0.2", "::1"), "::1");
        }
    }

    private static boolean hasIpv6Loopback() throws SocketException {
        return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null;
    }

    @Test
    void shouldFailWithEveryFailure() {
        int nobody;
        try (Server server = Server.echo(loopback())) {
            nobody = server.address().getPort();
        }
        StepVerifier.create(UringNet.connect(to(nobody, "127.0.0.1", "127.0.0.2", "127.0.0.3")))
                .expectErrorSatisfies(
                        error -> {
                            ConnectFailed first = assertInstanceOf(ConnectFailed.class, error);
                            assertEquals(
                                    new InetSocketAddress(
                                            InetAddress.ofLiteral("127.0.0.1"), nobody),
                                    first.endpoint());
                            assertEquals(2, error.getSuppressed().length);
                        })
                .verify(Await.LIMIT);
    }

    @Test
    void shouldTimeOutOverAllAddresses() {
        try (FullBacklog full = FullBacklog.open()) {
            int port = full.address().getPort();
            StepVerifier.create(
                            UringNet.connect(
                                    to(port, "127.0.0.1", "127.0.0.1", "127.0.0.1")
                                            .attemptDelay(Duration.ofMillis(20))
                                            .timeout(Duration.ofMillis(150))))
                    .expectError(TimedOut.class)
                    .verify(Await.LIMIT);
        }
    }

    @Test
    void shouldLookUpOffTheRings() {
        try (Server server = Server.echo(loopback())) {
            HostResolver resolver =
                    host -> {
                        assertEquals("host.test", host);
                        assertFalse(Thread.currentThread() instanceof NonBlocking);
                        return List.of(InetAddress.ofLiteral("127.0.0.1"));
                    };
            closes(to(server.address().getPort(), resolver), "127.0.0.1");
        }
    }

    @Test
    void shouldFailWhereTheLookUpFindsNothing() {
        StepVerifier.create(UringNet.connect(to(1, host -> List.of())))
                .expectError(UnknownHostException.class)
                .verify(Await.LIMIT);
    }

    @Test
    void shouldFailWithWhatTheResolverThrows() {
        RuntimeException broken = new IllegalStateException("broken resolver");
        StepVerifier.create(
                        UringNet.connect(
                                to(
                                        1,
                                        host -> {
                                            throw broken;
                                        })))
                .expectErrorSatisfies(error -> assertSame(broken, error))
                .verify(Await.LIMIT);
    }

    /** Blocks until it is interrupted, as a look-up that gets no answer. */
    private static final class Stuck implements HostResolver {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public List<InetAddress> resolve(String host) throws UnknownHostException {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new UnknownHostException(host);
        }
    }

    /** Such as one whose class cannot be loaded. */
    @Test
    void shouldFailWithTheErrorOfTheResolver() {
        NoClassDefFoundError broken = new NoClassDefFoundError("a test's");
        HostResolver resolver =
                host -> {
                    throw broken;
                };
        StepVerifier.create(UringNet.connect(to(1, resolver)))
                .expectErrorSatisfies(e -> assertSame(broken, e))
                .verify(Await.LIMIT);
    }

    @Test
    void shouldBoundTheLookUpByTheTimeout() {
        Stuck resolver = new Stuck();
        StepVerifier.create(UringNet.connect(to(1, resolver).timeout(Duration.ofMillis(50))))
                .expectErrorSatisfies(
                        error ->
                                assertTrue(
                                        String.valueOf(error.getMessage())
                                                .contains("no address found"),
                                        error::toString))
                .verify(Await.LIMIT);
        Await.until("interrupted", () -> resolver.interrupted.getCount() == 0);
    }

    @Test
    void shouldInterruptTheLookUpOnCancel() {
        Stuck resolver = new Stuck();
        Disposable connecting = UringNet.connect(to(1, resolver)).subscribe();
        Await.until("looking up", () -> resolver.entered.getCount() == 0);
        connecting.dispose();
        Await.until("interrupted", () -> resolver.interrupted.getCount() == 0);
    }

    @Test
    void shouldEndWithItsRingsDuringTheLookUp() {
        RingGroup group = RingGroup.create(RingGroupOptions.defaults().rings(1));
        Stuck resolver = new Stuck();
        StepVerifier.create(UringNet.connect(to(1, resolver).group(group)))
                .then(() -> Await.until("looks up", () -> resolver.entered.getCount() == 0))
                .then(group::dispose)
                .expectError(RejectedExecutionException.class)
                .verify(Await.LIMIT);
    }
}
