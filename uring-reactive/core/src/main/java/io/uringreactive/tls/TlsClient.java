// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.UringNet;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import reactor.core.publisher.Mono;

/** The client's side of TLS, for any number of connections. Immutable. */
public final class TlsClient {
    private final SSLContext context;
    private final TlsOptions options;

    TlsClient(SSLContext context, TlsOptions options) {
        this.context = context;
        this.options = options;
    }

    /** As {@link #connect(ConnectOptions)}. */
    public Mono<TlsConnection> connect(String host, int port) {
        return connect(ConnectOptions.to(host, port));
    }

    /**
     * Connects by {@link UringNet#connect(ConnectOptions)} and does the handshake. The host of the
     * address, as it was written, is the one whose certificate is expected.
     *
     * <p>Emits the secure connection; it is the subscriber's to end. Cancellation: gives up.
     * Errors: those of {@code connect} and of {@link #secure(Connection)}. Thread: the connection's
     * ring.
     */
    public Mono<TlsConnection> connect(ConnectOptions target) {
        InetSocketAddress address = target.address();
        // As in Transport.serve: flatMap may lose a cancel.
        return Mono.fromDirect(
                UringNet.connect(target)
                        .flatMapMany(
                                conn -> secure(conn, address.getHostString(), address.getPort())));
    }

    /**
     * Does the handshake on {@code connection}, which is given away with the subscription. Without
     * {@link TlsOptions#hostName()} no host is known: any certificate that the context trusts is
     * accepted, whoever shows it.
     *
     * <p>Emits the secure connection; it is the subscriber's to end. Cancellation: gives up, and
     * aborts the connection. Errors, after which the connection is closed: {@link
     * io.uringreactive.TlsFailed}; {@link io.uringreactive.TimedOut}; those of {@link
     * Connection#receive} and {@link Connection#send}. Thread: the connection's ring.
     */
    public Mono<TlsConnection> secure(Connection connection) {
        return Handshake.on(connection, Side.client(context, options, null, -1));
    }

    /** As {@link #secure(Connection)}, with the host whose certificate is expected. */
    public Mono<TlsConnection> secure(Connection connection, String host, int port) {
        return Handshake.on(connection, Side.client(context, options, host, port));
    }
}
