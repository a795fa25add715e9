// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uringreactive.BindFailed;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.TimedOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Addresses of the machine and of others. */
public interface AddressContract extends Theme {
    Duration SHORT = Duration.ofMillis(300);

    private void echo(Listener listener, ConnectOptions options) {
        Connection client = stage().track(stage().get(stage().transport().connect(options)));
        Bytes echo = stage().text(client);
        stage().done(client.sendText("hello"));
        stage().await(() -> "the echo: " + echo, () -> echo.text().equals("hello"));
        assertEquals(
                listener.address().getPort(),
                Objects.requireNonNull(client.remoteAddress()).getPort());
    }

    private Listener echoing(ListenOptions options) {
        Listener listener = stage().listen(options);
        stage().serve(listener, conn -> conn.send(conn.receive()));
        return listener;
    }

    private static void assumeIpv6() {
        try {
            assumeTrue(
                    NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null,
                    "missing address: ::1, this machine has no IPv6");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    default void shouldServeIpv4ByAddressAndByName() {
        Listener listener = echoing(stage().loopback());
        echo(listener, ConnectOptions.to(listener.address()));
        echo(listener, ConnectOptions.to("localhost", listener.address().getPort()));
    }

    @Test
    default void shouldServeIpv6() {
        assumeIpv6();
        Listener listener = echoing(ListenOptions.port(0).host("::1"));
        assertEquals(Inet6Address.class, listener.address().getAddress().getClass());
        echo(listener, ConnectOptions.to(listener.address()));
    }

    @Test
    default void shouldServeBothOnEveryAddress() {
        assumeIpv6();
        Listener listener = echoing(ListenOptions.port(0));
        int port = listener.address().getPort();
        for (String host : List.of("127.0.0.1", "::1")) {
            echo(
                    listener,
                    ConnectOptions.to(new InetSocketAddress(InetAddress.ofLiteral(host), port)));
        }
    }

    /** 192.0.2.0/24 is for documentation (RFC 5737). */
    @Test
    default void shouldRefuseAnAddressThatIsNotTheMachines() {
        stage().failure(
                        BindFailed.class,
                        stage().transport().listen(ListenOptions.port(0).host("192.0.2.1")));
    }

    @Test
    default void shouldFailToConnectToAnUnknownHost() {
        ConnectOptions options =
                ConnectOptions.to("nobody.invalid", 80)
                        .resolver(
                                host -> {
                                    throw new UnknownHostException(host);
                                });
        stage().failure(UnknownHostException.class, stage().transport().connect(options));
    }

    @Test
    default void shouldGiveUpAConnectThatIsNotAnsweredInTime() throws IOException {
        List<SocketChannel> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            // With its backlog full, further SYNs go unanswered.
            for (int i = 0; i < 8; i++) {
                SocketChannel filler = SocketChannel.open();
                fillers.add(filler);
                filler.configureBlocking(false);
                filler.connect(full.getLocalSocketAddress());
            }
            InetSocketAddress address = (InetSocketAddress) full.getLocalSocketAddress();
            stage().failure(
                            TimedOut.class,
                            stage().transport().connect(ConnectOptions.to(address).timeout(SHORT)));
        } finally {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }
}
