// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.ListenerStatus;
import io.uringreactive.Transport;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/** A transport whose connections and listeners are broken in one way. */
record BrokenTransport(Transport transport, Breakage breakage) implements Transport {
    @Override
    public String name() {
        return transport.name();
    }

    private Connection broken(Connection connection) {
        return new BrokenConnection(connection, breakage);
    }

    @Override
    public Mono<Listener> listen(ListenOptions options) {
        return breakage.listen(transport.listen(breakage.listenOptions(options)))
                .map(BrokenListener::new);
    }

    @Override
    public ParallelFlux<Connection> acceptParallel(ListenOptions options) {
        return transport.acceptParallel(options).map(this::broken);
    }

    @Override
    public Mono<Connection> connect(ConnectOptions options) {
        return breakage.connect(transport.connect(options)).map(this::broken);
    }

    @Override
    public void dispose() {
        transport.dispose();
    }

    @Override
    public Mono<Void> disposeGracefully() {
        return transport.disposeGracefully();
    }

    private final class BrokenListener implements Listener {
        private final Listener listener;

        BrokenListener(Listener listener) {
            this.listener = listener;
        }

        @Override
        public InetSocketAddress address() {
            return listener.address();
        }

        @Override
        public ListenerStatus status() {
            return listener.status();
        }

        @Override
        public Flux<Connection> connections() {
            return breakage.connections(listener.connections()).map(conn -> broken(conn));
        }

        @Override
        public ParallelFlux<Connection> connectionsByRing() {
            return listener.connectionsByRing().map(conn -> broken(conn));
        }

        @Override
        public Mono<Void> serve(Function<? super Connection, ? extends Publisher<Void>> handler) {
            return listener.serve(
                    conn -> breakage.handler(Flux.defer(() -> handler.apply(broken(conn)))));
        }

        @Override
        public Mono<Void> stop() {
            return breakage.stop(listener);
        }

        @Override
        public Mono<Void> onClose() {
            return breakage.onClose(listener);
        }

        @Override
        public void dispose() {
            breakage.dispose(listener);
        }

        @Override
        public boolean isDisposed() {
            return listener.isDisposed();
        }

        @Override
        public String toString() {
            return listener.toString();
        }
    }
}
