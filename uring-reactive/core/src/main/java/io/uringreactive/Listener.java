// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.net.InetSocketAddress;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/**
 * A bound port. Each ring of the group has a listening socket of its own, and the kernel spreads
 * connections over them. Connections are taken by {@link #connections()} or by {@link #serve},
 * once.
 */
public interface Listener extends Disposable {
    /** Where it listens, with the port that the kernel chose for port 0. */
    InetSocketAddress address();

    /** What it has done until now. Safe from any thread, also when it is closed. */
    ListenerStatus status();

    /**
     * New connections.
     *
     * <p>Emits: connections, each to be owned by the subscriber; one that nobody uses within a
     * limit of time (30 s unless set otherwise) is aborted and reported. Demand: shared by the
     * rings; at zero accepting is disarmed and the kernel's backlog holds newcomers; what one
     * system call had already accepted waits unread and is emitted first. Completes when the
     * listener is stopped. Cancellation: disposes the listener. Errors: those that end accepting
     * for good; running out of descriptors or memory does not, it backs off and recovers. {@link
     * IllegalArgumentException} for a request below 1, which also closes the listener; {@link
     * IllegalStateException} for a second subscriber: use {@code share()}. Thread: signals are
     * serialised and may come on any of the group's rings.
     *
     * <p>{@code flatMap}'s default concurrency is 256: with connections that stay open, the 257th
     * waits unserved, and its bookkeeping grows with what is live. Pass {@code Integer.MAX_VALUE},
     * or use {@link #serve}.
     */
    Flux<Connection> connections();

    /**
     * New connections, on one rail per ring. Every signal of a rail comes on its ring's thread, and
     * so does everything that is subscribed on its connections: nothing is handed over.
     *
     * <p>As {@link #connections()}, but each rail has a demand of its own, and at zero only its
     * ring stops accepting. The kernel goes on giving that ring its share of newcomers, which wait
     * in the backlog. Cancellation: of any rail, disposes the listener; the other rails complete.
     */
    ParallelFlux<Connection> connectionsByRing();

    /**
     * Serves every connection with {@code handler}, on the connection's own ring and at the same
     * cost whether few or many are live; see {@link Connection#handle} for what happens at its end.
     *
     * <p>Emits nothing; completes when the listener is stopped. Cancellation: disposes the
     * listener; connections go on. Errors: as {@link #connections()}.
     */
    Mono<Void> serve(Function<? super Connection, ? extends Publisher<Void>> handler);

    /**
     * Stops in order: accepts what is already in the backlog, as far as there is demand, and then
     * closes the sockets (closing them first would reset those connections). Connections go on.
     *
     * <p>Emits nothing; completes when the sockets are closed. Starts with the first subscription.
     */
    Mono<Void> stop();

    /** Completes when the sockets are closed, whatever the way. */
    Mono<Void> onClose();

    /** Closes the sockets at once. Connections go on. */
    @Override
    void dispose();
}
