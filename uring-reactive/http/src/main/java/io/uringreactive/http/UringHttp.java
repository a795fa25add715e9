// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.uringreactive.Connection;
import io.uringreactive.Net;
import io.uringreactive.Transport;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** HTTP/1.1 servers. */
public final class UringHttp {
    /**
     * Serves {@code port} of every address of the machine.
     *
     * <p>Emits nothing; completes when the server is stopped. Binds at subscription. Cancellation:
     * stops at once, and resets the connections. Errors: {@link io.uringreactive.BindFailed}; what
     * ends the listener.
     */
    public static Mono<Void> serve(int port, HttpHandler handler) {
        return serve(HttpOptions.port(port), handler);
    }

    /** As {@link #serve(int, HttpHandler)}, with options. */
    public static Mono<Void> serve(HttpOptions options, HttpHandler handler) {
        return Mono.usingWhen(
                listen(options, handler),
                HttpServer::onClose,
                server -> Mono.empty(),
                (server, error) -> Mono.empty(),
                server -> Mono.fromRunnable(server::dispose));
    }

    /**
     * Binds, and serves.
     *
     * <p>Emits the server; it is the subscriber's, who stops it. Errors: {@link
     * io.uringreactive.BindFailed}. Binds at subscription, anew each time.
     */
    public static Mono<HttpServer> listen(HttpOptions options, HttpHandler handler) {
        return Mono.defer(
                        () -> {
                            Transport chosen = options.transport();
                            Transport transport = chosen == null ? Net.transport() : chosen;
                            return transport.listen(options.listen());
                        })
                .map(
                        listener -> {
                            HttpServer server =
                                    new HttpServer(listener, new Serving(options, handler));
                            server.start();
                            return server;
                        });
    }

    /**
     * HTTP for connections from anywhere: {@link io.uringreactive.Listener#serve}, TLS around it, a
     * connection in memory. What it returns must be run by {@link Connection#handle} or by what
     * does as that does, which closes the connection at its end.
     */
    public static Function<Connection, Publisher<Void>> handler(
            HttpOptions options, HttpHandler handler) {
        return new Serving(options, handler)::serve;
    }

    private UringHttp() {}
}
