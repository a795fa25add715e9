// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.uringreactive.TlsFailed;
import java.util.Objects;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/** A handler's run on a secure connection, with the end that belongs to it. */
final class Handling {
    private static final Logger LOG = Loggers.getLogger(TlsConnection.class);

    /**
     * Runs {@code handler} and closes the connection. Where the peer broke the protocol it is
     * closed in order as well: an abort would destroy the alert on its way. Other errors are left
     * to whoever handles the transport.
     */
    static Mono<Void> of(
            TlsConnection connection,
            Function<? super TlsConnection, ? extends Publisher<Void>> handler) {
        Publisher<Void> run =
                Objects.requireNonNull(
                        handler.apply(connection), "the handler returned null, not a publisher");
        return Mono.from(run)
                .onErrorResume(
                        TlsFailed.class,
                        e -> {
                            LOG.debug("{} ended by its peer: {}", connection, e.getMessage());
                            return Mono.empty();
                        })
                .then(connection.close());
    }

    private Handling() {}
}
