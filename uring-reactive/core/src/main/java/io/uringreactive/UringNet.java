// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.transport.ListenParallel;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/**
 * TCP on io_uring: where pipelines begin.
 *
 * <pre>{@code
 * UringNet.accept(8080)
 *         .flatMap(conn -> conn.handle(c -> c.send(c.receive())), Integer.MAX_VALUE)
 *         .blockLast();
 *
 * UringNet.serve(8080, conn -> conn.send(conn.receive())).block();
 * }</pre>
 *
 * All publishers fail with {@link io.uringreactive.sys.ring.RingUnavailable} where io_uring is not
 * to be had: its message says why and what to change.
 */
public final class UringNet {
    /** As {@link #accept(ListenOptions)}, on every address of the machine. */
    public static Flux<Connection> accept(int port) {
        return accept(ListenOptions.port(port));
    }

    /**
     * Listens, and emits the connections: see {@link Listener#connections()}, also for {@code
     * flatMap}'s limit of 256.
     *
     * <p>Binds at subscription, anew each time: a second subscription while the first is active
     * finds the port in use, so {@code share()} it. Cancellation: closes the listener; connections
     * go on. Errors: {@link BindFailed}; those of {@link Listener#connections()}.
     */
    public static Flux<Connection> accept(ListenOptions options) {
        return listen(options).flatMapMany(Listener::connections);
    }

    /** As {@link #acceptParallel(ListenOptions)}, on every address of the machine. */
    public static ParallelFlux<Connection> acceptParallel(int port) {
        return acceptParallel(ListenOptions.port(port));
    }

    /**
     * Listens, and emits the connections on one rail per ring: see {@link
     * Listener#connectionsByRing()}. Nothing is handed from one thread to another, so do not add
     * {@code runOn}.
     *
     * <p>Binds at subscription, anew each time. Cancellation: of any rail, closes the listener;
     * connections go on. Errors: {@link BindFailed} on every rail; those of {@link
     * Listener#connectionsByRing()}.
     */
    public static ParallelFlux<Connection> acceptParallel(ListenOptions options) {
        return new ListenParallel(listen(options), () -> rails(options));
    }

    /** The rings of the group; 1, to carry the error, where there are none to be had. */
    private static int rails(ListenOptions options) {
        try {
            return options.groupOrShared().rings().size();
        } catch (RingUnavailable e) {
            return 1;
        }
    }

    /** As {@link #serve(ListenOptions, Function)}, on every address of the machine. */
    public static Mono<Void> serve(
            int port, Function<? super Connection, ? extends Publisher<Void>> handler) {
        return serve(ListenOptions.port(port), handler);
    }

    /**
     * Listens, and runs {@code handler} on every connection: see {@link Listener#serve}.
     *
     * <p>Cancellation: closes the listener; connections go on. Errors: {@link BindFailed}; those of
     * {@link Listener#serve}.
     */
    public static Mono<Void> serve(
            ListenOptions options,
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        return Mono.defer(() -> options.groupOrShared().serve(options, handler));
    }

    /** As {@link #listen(ListenOptions)}, on every address of the machine. */
    public static Mono<Listener> listen(int port) {
        return listen(ListenOptions.port(port));
    }

    /**
     * Binds a port.
     *
     * <p>Emits the listener; it is the subscriber's, who takes its connections or closes it.
     * Errors: {@link BindFailed}, {@link ResourcesExhausted}. Thread: the subscriber's.
     */
    public static Mono<Listener> listen(ListenOptions options) {
        return Mono.defer(() -> options.groupOrShared().listen(options));
    }

    /** As {@link #connect(ConnectOptions)}. */
    public static Mono<Connection> connect(String host, int port) {
        return connect(ConnectOptions.to(host, port));
    }

    /**
     * Connects. A host name is looked up off the rings, and its addresses are tried as RFC 8305
     * (Happy Eyeballs) has it: the families in turn, the next address as soon as the one before has
     * failed or has not answered for 250 ms; the first that connects wins.
     *
     * <p>Emits the connection; it is the subscriber's to close. Cancellation: gives up, and closes
     * a connection that was made too late. Errors: {@link ConnectFailed}, {@link TimedOut}, {@link
     * ResourcesExhausted}, {@link java.net.UnknownHostException}; of several addresses, that of the
     * first that failed, the others suppressed in it. Thread: the connection's ring.
     */
    public static Mono<Connection> connect(ConnectOptions options) {
        return Mono.defer(() -> options.groupOrShared().connect(options));
    }

    /**
     * Whether this class can do anything here, and if not, why and what to change. Throws nothing.
     * A group of rings may still fail for want of locked memory or descriptors.
     */
    public static Availability availability() {
        return Availability.now();
    }

    private UringNet() {}
}
