// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A connection that is broken in one way. */
record BrokenConnection(Connection connection, Breakage breakage) implements Connection {
    @Override
    public Flux<ByteBuf> receive() {
        return breakage.receive(connection.receive());
    }

    @Override
    public Mono<Void> send(Publisher<? extends ByteBuf> data) {
        return breakage.send(connection, data);
    }

    @Override
    public Mono<Void> shutdownOutput() {
        return breakage.shutdownOutput(connection);
    }

    @Override
    public Mono<Void> close() {
        return breakage.close(connection);
    }

    @Override
    public void dispose() {
        connection.dispose();
    }

    @Override
    public long sentBytes() {
        return connection.sentBytes();
    }

    @Override
    public boolean isDisposed() {
        return connection.isDisposed();
    }

    @Override
    public Mono<Void> handle(Function<? super Connection, ? extends Publisher<Void>> handler) {
        return connection.handle(conn -> breakage.handler(Flux.defer(() -> handler.apply(this))));
    }

    @Override
    public Mono<Void> onClose() {
        return connection.onClose();
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return connection.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return breakage.remoteAddress(connection);
    }

    @Override
    public Scheduler scheduler() {
        return connection.scheduler();
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
