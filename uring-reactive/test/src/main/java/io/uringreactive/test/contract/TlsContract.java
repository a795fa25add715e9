// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.TransportException;
import io.uringreactive.test.SelfSigned;
import io.uringreactive.tls.Tls;
import io.uringreactive.tls.TlsConnection;
import io.uringreactive.tls.TlsOptions;
import org.junit.jupiter.api.Test;

/** TLS over the transport's connections. */
public interface TlsContract extends Theme {
    int TOTAL = 300_000;

    private TlsConnection connected(Listener listener) {
        TlsOptions options = TlsOptions.defaults().applicationProtocols("h2", "http/1.1");
        Connection conn = stage().connect(listener.address());
        TlsConnection secure =
                stage().get(
                                Tls.client(SelfSigned.context(), options)
                                        .secure(conn, "localhost", listener.address().getPort()));
        stage().track(secure);
        return secure;
    }

    private Listener echoing() {
        Listener listener = stage().listen();
        TlsOptions options = TlsOptions.defaults().applicationProtocols("http/1.1");
        stage().serve(
                        listener,
                        Tls.server(SelfSigned.context(), options)
                                .handler(conn -> conn.send(conn.receive())));
        return listener;
    }

    @Test
    default void shouldEchoUnderTlsAndEndInOrder() {
        TlsConnection client = connected(echoing());
        assertEquals("http/1.1", client.applicationProtocol());
        Bytes echo = stage().bytes(client, Long.MAX_VALUE);
        stage().done(client.send(stage().outgoing().sequence(TOTAL, 7000)));
        stage().done(client.shutdownOutput());
        // By a close_notify: without one it would fail as truncated.
        stage().complete(echo);
        assertEquals(TOTAL, echo.bytes());
        stage().done(client.close());
    }

    @Test
    default void shouldFailTheReceiveUnderTlsWhenThePeerAborts() {
        Listener listener = stage().listen();
        stage().serve(
                        listener,
                        Tls.server(SelfSigned.context())
                                .handler(
                                        conn ->
                                                conn.receive()
                                                        .doOnNext(
                                                                buffer -> {
                                                                    buffer.release();
                                                                    conn.dispose();
                                                                })
                                                        .then()));
        TlsConnection client = connected(listener);
        Bytes bytes = stage().bytes(client, 1);
        stage().run(client.sendText("now"));
        stage().await(() -> "it fails: " + bytes, bytes::isDone);
        assertInstanceOf(TransportException.class, bytes.error());
    }
}
