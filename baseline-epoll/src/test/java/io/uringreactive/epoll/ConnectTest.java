// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.uringreactive.ConnectFailed;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.TimedOut;
import io.uringreactive.Transport;
import io.uringreactive.sys.abi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

/** Connecting: errors with their fields, several addresses, limits. */
class ConnectTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldSayThatNobodyListens(String name) throws IOException {
        Transport transport = Wired.open(name, 1);
        int free;
        try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
            free = closed.getLocalPort();
        }
        InetSocketAddress nobody = new InetSocketAddress(LOOPBACK, free);
        StepVerifier.create(transport.connect(ConnectOptions.to(nobody)))
                .expectErrorSatisfies(
                        error -> {
                            ConnectFailed failed = assertInstanceOf(ConnectFailed.class, error);
                            assertEquals(Errno.ECONNREFUSED.number(), failed.errno());
                            assertEquals("connect", failed.operation());
                            assertEquals(nobody, failed.endpoint());
                        })
                .verify(Wired.LIMIT);
        transport.disposeGracefully().block(Wired.LIMIT);
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldTryTheNextAddressOfAHost(String name) throws IOException {
        Transport transport = Wired.open(name, 1);
        InetAddress elsewhere = InetAddress.ofLiteral("127.0.0.2");
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            ConnectOptions options =
                    ConnectOptions.to("two.example", server.getLocalPort())
                            .resolver(host -> List.of(elsewhere, LOOPBACK));
            Connection connection = Wired.get(transport.connect(options));
            assertEquals(server.getLocalSocketAddress(), connection.remoteAddress());
            try (Socket peer = server.accept()) {
                assertEquals(peer.getRemoteSocketAddress(), connection.localAddress());
                connection.sendText("hello").block(Wired.LIMIT);
                assertEquals('h', peer.getInputStream().read());
                connection.dispose();
            }
        }
        transport.disposeGracefully().block(Wired.LIMIT);
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldPassOnWhatTheResolverSays(String name) {
        Transport transport = Wired.open(name, 1);
        ConnectOptions options =
                ConnectOptions.to("nowhere.example", 1)
                        .resolver(
                                host -> {
                                    throw new UnknownHostException(host);
                                });
        StepVerifier.create(transport.connect(options))
                .expectError(UnknownHostException.class)
                .verify(Wired.LIMIT);
        transport.disposeGracefully().block(Wired.LIMIT);
    }

    /** A backlog that is full answers nobody. */
    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldKeepItsTimeLimit(String name) throws IOException {
        Transport transport = Wired.open(name, 1);
        try (ServerSocket full = new ServerSocket(0, 1, LOOPBACK)) {
            ConnectOptions options =
                    ConnectOptions.to(new InetSocketAddress(LOOPBACK, full.getLocalPort()))
                            .timeout(Duration.ofMillis(300));
            StepVerifier.create(
                            reactor.core.publisher.Flux.range(0, 8)
                                    .flatMap(i -> transport.connect(options))
                                    .ignoreElements())
                    .expectError(TimedOut.class)
                    .verify(Wired.LIMIT);
        }
        transport.disposeGracefully().block(Wired.LIMIT);
    }
}
