// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.uringreactive.Listener;
import io.uringreactive.ListenerStatus;
import java.net.InetSocketAddress;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A server that listens. Safe from any thread. */
public final class HttpServer implements Disposable {
    private final Listener listener;
    private final Serving serving;
    private final Sinks.Empty<Void> closed = Sinks.empty();

    HttpServer(Listener listener, Serving serving) {
        this.listener = listener;
        this.serving = serving;
    }

    void start() {
        listener.serve(serving::serve)
                .subscribe(
                        nothing -> {},
                        error -> {
                            serving.abort();
                            closed.tryEmitError(error);
                        },
                        () -> serving.drain().subscribe(nothing -> {}, e -> {}, this::onDrained));
    }

    private void onDrained() {
        closed.tryEmitEmpty();
    }

    /** Where it listens, with the port that the kernel chose for port 0. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** What its listener has done. */
    public ListenerStatus listener() {
        return listener.status();
    }

    /** How many connections are open. */
    public int connections() {
        return serving.connectionCount();
    }

    /**
     * Stops in order: accepts no more, closes idle connections, answers the requests that are being
     * handled with {@code Connection: close}, and closes their connections then.
     *
     * <p>Emits nothing; completes when the last connection is closed, and its client has the last
     * byte or has let the connection's {@code closeTimeout} pass. A handler that does not end keeps
     * it waiting: give it a timeout, and {@link #dispose()} then. Starts with the first
     * subscription. Cancellation: has no effect on the stopping.
     */
    public Mono<Void> stop() {
        return listener.stop().then(serving.drain());
    }

    /** Completes when it has stopped, with its connections; fails with what ended its listener. */
    public Mono<Void> onClose() {
        return closed.asMono();
    }

    /** Stops at once: connections are reset, handlers cancelled. */
    @Override
    public void dispose() {
        listener.dispose();
        serving.abort();
    }
}
