// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/**
 * TCP on the best {@link Transport} there is: io_uring where it is to be had, what {@code
 * uring-baseline-epoll} brings elsewhere. The first use chooses, and says so in one line of the
 * log, at WARN, when it is not io_uring: what it runs on, why, and what to change.
 *
 * <p>{@code -During.transport=epoll} (or another's name) chooses instead, and so does {@link #use}.
 * {@link UringNet} insists on io_uring.
 */
public final class Net {
    /** As {@link Transport#accept}, on every address of the machine. */
    public static Flux<Connection> accept(int port) {
        return accept(ListenOptions.port(port));
    }

    /** As {@link Transport#accept}. */
    public static Flux<Connection> accept(ListenOptions options) {
        return Flux.defer(() -> transport().accept(options));
    }

    /** As {@link Transport#acceptParallel}, on every address of the machine. */
    public static ParallelFlux<Connection> acceptParallel(int port) {
        return acceptParallel(ListenOptions.port(port));
    }

    /** As {@link Transport#acceptParallel}; chooses the transport now. */
    public static ParallelFlux<Connection> acceptParallel(ListenOptions options) {
        return transport().acceptParallel(options);
    }

    /** As {@link Transport#serve}, on every address of the machine. */
    public static Mono<Void> serve(
            int port, Function<? super Connection, ? extends Publisher<Void>> handler) {
        return serve(ListenOptions.port(port), handler);
    }

    /** As {@link Transport#serve}. */
    public static Mono<Void> serve(
            ListenOptions options,
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        return Mono.defer(() -> transport().serve(options, handler));
    }

    /** As {@link Transport#listen}, on every address of the machine. */
    public static Mono<Listener> listen(int port) {
        return listen(ListenOptions.port(port));
    }

    /** As {@link Transport#listen}. */
    public static Mono<Listener> listen(ListenOptions options) {
        return Mono.defer(() -> transport().listen(options));
    }

    /** As {@link Transport#connect}. */
    public static Mono<Connection> connect(String host, int port) {
        return connect(ConnectOptions.to(host, port));
    }

    /** As {@link Transport#connect}. */
    public static Mono<Connection> connect(ConnectOptions options) {
        return Mono.defer(() -> transport().connect(options));
    }

    /**
     * The transport that this class uses.
     *
     * @throws IllegalArgumentException when {@code -During.transport} names none that there is
     */
    public static Transport transport() {
        return Transports.chosen();
    }

    /**
     * The transport of that name, whether available or not.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Transport transport(String name) {
        return Transports.named(name);
    }

    /** Every transport of the class path, the best first, whether available or not. */
    public static List<Transport> transports() {
        return Transports.all();
    }

    /** From now on this class uses {@code transport}; what listens already goes on. */
    public static void use(Transport transport) {
        Transports.use(transport);
    }

    private Net() {}
}
