// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.toggles;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.UringNet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * {@code uring serve echo} with toggles, on 127.0.0.1. Usage: ToggledEcho PORT RINGS TOGGLES, where
 * the last is as {@link Toggle#of} reads it.
 */
final class ToggledEcho implements AutoCloseable {
    private final RingGroup group;
    private final Listener listener;
    private final boolean threads;

    /** Of all connections: on a core that they share more of them would only take turns. */
    private final Scheduler foreign =
            Schedulers.fromExecutorService(
                    Executors.newSingleThreadExecutor(
                            Thread.ofPlatform().daemon().name("foreign").factory()));

    ToggledEcho(int port, int rings, Set<Toggle> toggles) {
        threads = toggles.contains(Toggle.THREADS);
        group =
                RingGroup.create(
                        RingGroupOptions.defaults()
                                .rings(rings)
                                .kernel(new ToggledKernel(toggles)));
        ListenOptions options = ListenOptions.port(port).host("127.0.0.1").group(group);
        listener = Objects.requireNonNull(UringNet.listen(options).block());
    }

    public static void main(String[] args) {
        Set<Toggle> toggles = Toggle.of(args[2]);
        try (ToggledEcho echo =
                new ToggledEcho(Integer.parseInt(args[0]), Integer.parseInt(args[1]), toggles)) {
            System.out.println("ready: echo with toggles " + Toggle.text(toggles));
            echo.serve().block();
        }
    }

    Mono<Void> serve() {
        return listener.serve(this::handle);
    }

    int port() {
        return listener.address().getPort();
    }

    RingGroup group() {
        return group;
    }

    private Publisher<Void> handle(Connection conn) {
        return conn.send(threads ? abroad(conn.receive()) : conn.receive());
    }

    /** One at a time: the demand for the next message comes from abroad as well. */
    <T> Flux<T> abroad(Flux<T> received) {
        return received.publishOn(foreign, 1).doOnDiscard(ByteBuf.class, ByteBuf::release);
    }

    @Override
    public void close() {
        group.disposeGracefully().block();
        foreign.dispose();
    }
}
