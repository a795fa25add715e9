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

    /**
     * As {@link Transport#acceptParallel}; chooses the transport now.
     *
     * @throws TransportUnavailable when there is none
     */
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
     * @throws TransportUnavailable when there is none, with why not and what to change
     * @throws IllegalArgumentException when {@code -During.transport} names none that there is
     */
    public static Transport transport() {
        return Transports.chosen();
    }

    /**
     * The best transport, or the one that {@code -During.transport} names, with so many threads of
     * its own, which live until it is disposed. Says what {@link #transport()} says, and throws the
     * same.
     */
    public static Transport open(int threads) {
        return Transports.started(provider -> provider.open(threads));
    }

    /** From now on this class uses {@code transport}; what listens already goes on. */
    public static void use(Transport transport) {
        Transports.use(transport);
    }

    /** Every provider of the class path, the best first, whether available or not. */
    public static List<TransportProvider> providers() {
        return Transports.providers();
    }

    /**
     * The provider of that name, whether available or not.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static TransportProvider provider(String name) {
        return Transports.named(name);
    }

    private Net() {}
}
