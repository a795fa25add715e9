// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a broken transport does in the place of the real one; here everything is as it should. */
interface Breakage {
    default ListenOptions listenOptions(ListenOptions options) {
        return options;
    }

    default Mono<Listener> listen(Mono<Listener> listen) {
        return listen;
    }

    default Mono<Connection> connect(Mono<Connection> connect) {
        return connect;
    }

    default Flux<Connection> connections(Flux<Connection> connections) {
        return connections;
    }

    default Mono<Void> stop(Listener listener) {
        return listener.stop();
    }

    default Mono<Void> onClose(Listener listener) {
        return listener.onClose();
    }

    default void dispose(Listener listener) {
        listener.dispose();
    }

    default Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
        return receive;
    }

    default Mono<Void> send(Connection connection, Publisher<? extends ByteBuf> data) {
        return connection.send(data);
    }

    default Mono<Void> shutdownOutput(Connection connection) {
        return connection.shutdownOutput();
    }

    default Mono<Void> close(Connection connection) {
        return connection.close();
    }

    default Publisher<Void> handler(Publisher<Void> handler) {
        return handler;
    }

    default @Nullable InetSocketAddress remoteAddress(Connection connection) {
        return connection.remoteAddress();
    }
}
