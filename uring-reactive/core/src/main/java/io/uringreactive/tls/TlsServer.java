// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.uringreactive.Connection;
import io.uringreactive.TransportException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/** The server's side of TLS, for any number of connections. Immutable. */
public final class TlsServer {
    private static final Logger LOG = Loggers.getLogger(TlsServer.class);

    private final Side side;

    TlsServer(SSLContext context, TlsOptions options) {
        this.side = Side.server(context, options);
    }

    /**
     * Does the handshake on {@code connection}, which is given away with the subscription.
     *
     * <p>Emits the secure connection; it is the subscriber's to end. Cancellation: gives up, and
     * aborts the connection. Errors, after which the connection is closed: {@link
     * io.uringreactive.TlsFailed}; {@link io.uringreactive.TimedOut}; those of {@link
     * Connection#receive} and {@link Connection#send}. Thread: the connection's ring.
     */
    public Mono<TlsConnection> secure(Connection connection) {
        return Handshake.on(connection, side);
    }

    /**
     * {@code handler} for connections that are secure: to be given to {@code serve}, or to {@link
     * Connection#handle}. A client whose handshake fails is logged at DEBUG and never reaches it.
     * When the handler completes, or fails because the client broke the protocol, the connection is
     * closed in order.
     */
    public Function<Connection, Publisher<Void>> handler(
            Function<? super TlsConnection, ? extends Publisher<Void>> handler) {
        return connection ->
                secure(connection)
                        .onErrorResume(
                                TransportException.class,
                                e -> {
                                    LOG.debug("{}: {}", connection, e.getMessage());
                                    // Not before the alert has left: what runs this would abort.
                                    return connection.onClose().then(Mono.empty());
                                })
                        // As in Transport.serve: flatMap may lose a cancel.
                        .flatMapMany(secure -> Handling.of(secure, handler));
    }
}
