package io.uringreactive;

import io.uringreactive.net.Connector;
import io.uringreactive.net.UringListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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
        return listen(options).flatMap(listener -> listener.serve(handler));
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
        // Cancelled while it binds, the listener reaches nobody.
        return Mono.fromCallable(() -> UringListener.open(options))
                .doOnDiscard(Listener.class, Listener::dispose);
    }

    /** As {@link #connect(ConnectOptions)}. */
    public static Mono<Connection> connect(String host, int port) {
        return connect(ConnectOptions.to(host, port));
    }

    /**
     * Connects.
     *
     * <p>Emits the connection; it is the subscriber's to close. Cancellation: gives up, and closes
     * a connection that was made too late. Errors: {@link ConnectFailed}, {@link TimedOut}, {@link
     * ResourcesExhausted}, {@link java.net.UnknownHostException}. Thread: the connection's ring.
     */
    public static Mono<Connection> connect(ConnectOptions options) {
        InetSocketAddress address = options.address();
        if (!address.isUnresolved()) {
            return Connector.connect(options);
        }
        return Mono.fromCallable(() -> InetAddress.getByName(address.getHostString()))
                .subscribeOn(Schedulers.boundedElastic())
                .map(ip -> options.resolved(new InetSocketAddress(ip, address.getPort())))
                .flatMap(Connector::connect);
    }

    private UringNet() {}
}
