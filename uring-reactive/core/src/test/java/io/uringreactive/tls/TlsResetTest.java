// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.uringreactive.ConnectOptions;
import io.uringreactive.ConnectionReset;
import io.uringreactive.TlsFailed;
import io.uringreactive.TransportException;
import io.uringreactive.testing.Rings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/**
 * A RST is told as one, and not as an end of the protocol; {@link RingTest} counts what is left.
 */
class TlsResetTest extends RingTest {
    private final SSLContext server = Identity.LOCALHOST.context();
    private final SSLContext client = Identity.trusting(Identity.LOCALHOST);

    @Test
    void shouldSayThatAnEstablishedConnectionWasReset() throws IOException {
        try (ServerSocket listening = new ServerSocket(0)) {
            CompletableFuture<Socket> accepted =
                    CompletableFuture.supplyAsync(() -> shake(listening));
            TlsConnection conn = get(Tls.client(client).connect(target(listening)));
            StepVerifier.create(conn.receive())
                    .then(() -> reset(accepted.join()))
                    .expectError(ConnectionReset.class)
                    .verify(Rings.LIMIT);
            StepVerifier.create(conn.sendText("too late"))
                    .expectError(TransportException.class)
                    .verify(Rings.LIMIT);
            done(conn.close());
        }
    }

    @Test
    void shouldSayThatAHandshakeWasReset() throws IOException {
        try (ServerSocket listening = new ServerSocket(0)) {
            StepVerifier.create(Tls.client(client).connect(target(listening)))
                    .then(() -> reset(accept(listening)))
                    .expectErrorSatisfies(
                            e -> {
                                TlsFailed failed = assertInstanceOf(TlsFailed.class, e);
                                assertEquals(TlsFailed.Reason.HANDSHAKE, failed.reason());
                            })
                    .verify(Rings.LIMIT);
        }
    }

    private ConnectOptions target(ServerSocket socket) {
        return ConnectOptions.to("127.0.0.1", socket.getLocalPort()).group(group());
    }

    /** Returns the plain socket below, which sends no close_notify. */
    private Socket shake(ServerSocket listening) {
        Socket plain = accept(listening);
        try {
            SSLSocket secure =
                    (SSLSocket)
                            server.getSocketFactory()
                                    .createSocket(plain, "localhost", plain.getPort(), false);
            secure.setUseClientMode(false);
            secure.startHandshake();
            return plain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket accept(ServerSocket listening) {
        try {
            return listening.accept();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
