// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/**
 * Threads that listen and connect: the rings of a {@link RingGroup}, event loops on epoll, or what
 * else implements {@link Listener} and {@link Connection} with everything that they promise. {@link
 * Net} uses the best one there is; a {@link TransportProvider} makes them.
 *
 * <p>Every method is safe from any thread.
 */
public interface Transport extends Disposable {
    /** One word in lower case, such as {@code uring}: that of its provider. */
    String name();

    /**
     * Binds a port.
     *
     * <p>Emits the listener; it is the subscriber's, who takes its connections or closes it.
     * Errors: {@link BindFailed}, {@link ResourcesExhausted}. Binds at subscription, anew each
     * time.
     */
    Mono<Listener> listen(ListenOptions options);

    /**
     * Listens, and emits the connections on one rail per thread of the transport: see {@link
     * Listener#connectionsByRing()}. Binds at subscription, anew each time. Cancellation: of any
     * rail, closes the listener; connections go on. Errors: {@link BindFailed} on every rail; those
     * of {@link Listener#connectionsByRing()}.
     */
    ParallelFlux<Connection> acceptParallel(ListenOptions options);

    /**
     * Connects. A host name is looked up off the transport's threads, and its addresses are tried
     * as RFC 8305 (Happy Eyeballs) has it.
     *
     * <p>Emits the connection; it is the subscriber's to close. Cancellation: gives up, and closes
     * a connection that was made too late. Errors: {@link ConnectFailed}, {@link TimedOut}, {@link
     * ResourcesExhausted}, {@link java.net.UnknownHostException}; of several addresses, that of the
     * first that failed, the others suppressed in it. Thread: the connection's.
     */
    Mono<Connection> connect(ConnectOptions options);

    /**
     * Listens, and emits the connections: see {@link Listener#connections()}, also for {@code
     * flatMap}'s limit of 256.
     *
     * <p>Binds at subscription, anew each time: a second subscription while the first is active
     * finds the port in use, so {@code share()} it. Cancellation: closes the listener; connections
     * go on. Errors: {@link BindFailed}; those of {@link Listener#connections()}.
     */
    default Flux<Connection> accept(ListenOptions options) {
        return listen(options).flatMapMany(Listener::connections);
    }

    /**
     * Listens, and runs {@code handler} on every connection: see {@link Listener#serve}.
     *
     * <p>Cancellation: closes the listener; connections go on. Errors: {@link BindFailed}; those of
     * {@link Listener#serve}.
     */
    default Mono<Void> serve(
            ListenOptions options,
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        // Not by flatMap, which loses a cancel that meets the second subscription (reactor-core
        // 3.8).
        return Mono.fromDirect(listen(options).flatMapMany(listener -> listener.serve(handler)));
    }

    /** Stops its threads: listeners and connections are aborted. Returns at once. */
    @Override
    void dispose();

    /** As {@link #dispose()}; completes when everything is given back. */
    Mono<Void> disposeGracefully();
}
