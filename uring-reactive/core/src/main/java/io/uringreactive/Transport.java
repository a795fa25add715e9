// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/**
 * A way to listen and to connect: io_uring, epoll, or what else implements {@link Listener} and
 * {@link Connection}, with everything that they promise. Found by {@link java.util.ServiceLoader};
 * {@link Net} takes the best one there is.
 *
 * <p>Creating one costs nothing and loads nothing of the system's: {@link #availability()} comes
 * first. Every method is safe from any thread.
 */
public interface Transport {
    /** One word in lower case, such as {@code uring}, by which users ask for it. */
    String name();

    /** Of the transports that are available, the one with the highest is taken. */
    int preference();

    /**
     * Whether it works in this process, and if not, why and what to change. Looks anew each time
     * until it is available. Throws nothing.
     *
     * <p>It may start what all connections of the transport share, such as its threads: only that
     * shows whether there is memory and a descriptor for it.
     */
    Availability availability();

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
        return listen(options).flatMap(listener -> listener.serve(handler));
    }
}
