// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.uringreactive.Availability;
import io.uringreactive.BindFailed;
import io.uringreactive.ConnectFailed;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Net;
import io.uringreactive.ResourcesExhausted;
import io.uringreactive.TimedOut;
import io.uringreactive.Transport;
import io.uringreactive.TransportProvider;
import io.uringreactive.TransportUnavailable;
import io.uringreactive.UringNet;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/**
 * TCP on epoll, with the API and the semantics of {@link UringNet}: to compare the two, since only
 * the transport differs. Applications use {@link Net}, which takes io_uring where it can.
 *
 * <pre>{@code
 * EpollNet.accept(8080)
 *         .flatMap(conn -> conn.handle(c -> c.send(c.receive())), Integer.MAX_VALUE)
 *         .blockLast();
 * }</pre>
 *
 * All publishers fail with {@link TransportUnavailable} where epoll is not to be had. What {@code
 * receive()} has taken from the socket without being asked is at most two buffers of 64 KiB, or of
 * the window where that is less.
 */
public final class EpollNet {
    private static final TransportProvider EPOLL = new EpollProvider();

    /** As {@link #accept(ListenOptions)}, on every address of the machine. */
    public static Flux<Connection> accept(int port) {
        return accept(ListenOptions.port(port));
    }

    /** As {@link Transport#accept}. Errors: {@link BindFailed} and those of the listener. */
    public static Flux<Connection> accept(ListenOptions options) {
        return Flux.defer(() -> EPOLL.shared().accept(options));
    }

    /** As {@link #acceptParallel(ListenOptions)}, on every address of the machine. */
    public static ParallelFlux<Connection> acceptParallel(int port) {
        return acceptParallel(ListenOptions.port(port));
    }

    /**
     * As {@link Transport#acceptParallel}: one rail per event loop. Starts them now.
     *
     * @throws TransportUnavailable where there is no epoll
     */
    public static ParallelFlux<Connection> acceptParallel(ListenOptions options) {
        return EPOLL.shared().acceptParallel(options);
    }

    /** As {@link #serve(ListenOptions, Function)}, on every address of the machine. */
    public static Mono<Void> serve(
            int port, Function<? super Connection, ? extends Publisher<Void>> handler) {
        return serve(ListenOptions.port(port), handler);
    }

    /** As {@link Transport#serve}. */
    public static Mono<Void> serve(
            ListenOptions options,
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        return Mono.defer(() -> EPOLL.shared().serve(options, handler));
    }

    /** As {@link #listen(ListenOptions)}, on every address of the machine. */
    public static Mono<Listener> listen(int port) {
        return listen(ListenOptions.port(port));
    }

    /** As {@link Transport#listen}. Errors: {@link BindFailed}, {@link ResourcesExhausted}. */
    public static Mono<Listener> listen(ListenOptions options) {
        return Mono.defer(() -> EPOLL.shared().listen(options));
    }

    /** As {@link #connect(ConnectOptions)}. */
    public static Mono<Connection> connect(String host, int port) {
        return connect(ConnectOptions.to(host, port));
    }

    /** As {@link Transport#connect}. Errors: {@link ConnectFailed}, {@link TimedOut} and others. */
    public static Mono<Connection> connect(ConnectOptions options) {
        return Mono.defer(() -> EPOLL.shared().connect(options));
    }

    /**
     * Event loops of one's own, as many as {@code threads}, which live until they are disposed.
     *
     * @throws TransportUnavailable where there is no epoll
     */
    public static Transport open(int threads) {
        return EPOLL.open(threads);
    }

    /** Whether this class can do anything here, and if not, why and what to change. */
    public static Availability availability() {
        return EPOLL.availability();
    }

    private EpollNet() {}
}
