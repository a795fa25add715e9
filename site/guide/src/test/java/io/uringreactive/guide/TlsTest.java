// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static io.uringreactive.guide.Machine.LIMIT;
import static io.uringreactive.guide.Machine.requireUring;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.TlsFailed;
import io.uringreactive.UringNet;
import io.uringreactive.tls.Tls;
import io.uringreactive.tls.TlsConnection;
import io.uringreactive.tls.TlsOptions;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** guide/tls.md. */
class TlsTest {
    @TempDir private Path folder = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void makeKey() throws Exception {
        requireUring();
        key = folder.resolve("server.p12");
        Keys.make(key);
    }

    private Listener secured() throws Exception {
        SSLContext context = Keys.context(key, Keys.PASSWORD.toCharArray());
        // #region server
        TlsOptions options = TlsOptions.defaults().applicationProtocols("echo/1");
        Function<Connection, Publisher<Void>> handler =
                Tls.server(context, options).handler(conn -> conn.send(conn.receive()));
        // #endregion server
        Listener listener = Objects.requireNonNull(UringNet.listen(0).block(LIMIT));
        listener.serve(handler).subscribe();
        return listener;
    }

    @Test
    void shouldSpeakTls() throws Exception {
        Listener listener = secured();
        int port = listener.address().getPort();
        SSLContext trusting = Keys.trusting(key);
        // #region client
        TlsOptions options = TlsOptions.defaults().applicationProtocols("echo/1");
        Mono<TlsConnection> connected = Tls.client(trusting, options).connect("localhost", port);
        // #endregion client
        TlsConnection conn = Objects.requireNonNull(connected.block(LIMIT));
        assertEquals("TLSv1.3", conn.protocol());
        assertEquals("echo/1", conn.applicationProtocol());
        Mono<String> answer =
                conn.sendText("hello")
                        .then(conn.shutdownOutput())
                        .then(conn.receiveText().reduce("", String::concat));
        assertEquals("hello", answer.block(LIMIT));
        conn.close().block(LIMIT);
        listener.dispose();
    }

    @Test
    void shouldRefuseWhomItDoesNotKnow() throws Exception {
        Listener listener = secured();
        int port = listener.address().getPort();
        Mono<TlsConnection> connected =
                Tls.client(SSLContext.getDefault()).connect("localhost", port);
        RuntimeException thrown =
                assertThrows(RuntimeException.class, () -> connected.block(LIMIT));
        TlsFailed failed = assertInstanceOf(TlsFailed.class, Exceptions.unwrap(thrown));
        assertEquals(TlsFailed.Reason.HANDSHAKE, failed.reason());
        listener.dispose();
    }
}
