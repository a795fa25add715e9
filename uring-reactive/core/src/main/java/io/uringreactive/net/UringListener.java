// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Placement;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.TransportException;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.ring.Sockets;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;
import reactor.core.publisher.Sinks;

/** A bound port: one {@link Acceptor} per ring, and one taker of their connections. */
public final class UringListener implements Listener {
    private final ListenOptions options;
    private final InetSocketAddress address;
    private final List<Acceptor> acceptors = new ArrayList<>();

    /** Acceptors that are open, and accepted connections on their way to another ring. */
    private final AtomicInteger open;

    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicBoolean disposed = new AtomicBoolean();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final Runnable shutdownHook = this::dispose;

    /** Where the acceptors bring connections; they accept none before it is set. */
    private volatile ConnectionSink sink = new UnusedSink();

    private UringListener(RingGroup group, ListenSockets sockets, ListenOptions options) {
        this.address = sockets.address();
        this.options = options.address(address);
        List<RingScheduler> rings = group.rings();
        this.open = new AtomicInteger(rings.size());
        for (int i = 0; i < rings.size(); i++) {
            UringScheduler ring = UringScheduler.of(rings.get(i));
            acceptors.add(new Acceptor(this, ring, sockets.fds().get(i), this.options));
        }
        for (Acceptor acceptor : acceptors) {
            acceptor.loop().execute(() -> acceptor.loop().shutdown().addHook(shutdownHook));
        }
    }

    /** Binds and listens on every ring of the group. Does not block. */
    public static Listener open(ListenOptions options) throws TransportException {
        RingGroup group = options.groupOrShared();
        if (group.isDisposed()) {
            throw Exceptions.failWithRejected("the rings have stopped");
        }
        Sockets sockets = UringScheduler.of(group.rings().getFirst()).loop().kernel().sockets();
        return new UringListener(
                group, ListenSockets.open(sockets, options, group.rings().size()), options);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Flux<Connection> connections() {
        return new AcceptFlux(this);
    }

    @Override
    public ParallelFlux<Connection> connectionsByRing() {
        return new AcceptParallel(this);
    }

    @Override
    public Mono<Void> serve(Function<? super Connection, ? extends Publisher<Void>> handler) {
        return new ServeMono(this, handler);
    }

    /**
     * Makes {@code taker} the one who gets the connections.
     *
     * @throws IllegalStateException when there is one already
     */
    void take(ConnectionSink taker) {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "the connections of "
                            + this
                            + " are taken already: one subscriber; share() it");
        }
        sink = taker;
    }

    /** Arms or disarms accepting on every ring; safe from any thread. */
    void want(boolean connections) {
        for (Acceptor acceptor : acceptors) {
            acceptor.want(connections);
        }
    }

    @Override
    public Mono<Void> stop() {
        return closed.asMono()
                .doOnSubscribe(
                        ignored -> {
                            if (disposed.compareAndSet(false, true)) {
                                acceptors.forEach(a -> a.loop().execute(a::stop));
                            }
                        });
    }

    @Override
    public Mono<Void> onClose() {
        return closed.asMono();
    }

    @Override
    public void dispose() {
        disposed.set(true);
        acceptors.forEach(acceptor -> acceptor.loop().run(acceptor::dispose));
    }

    @Override
    public boolean isDisposed() {
        return disposed.get();
    }

    List<Acceptor> acceptors() {
        return acceptors;
    }

    /** A connection is about to be emitted: somebody must use it in time. From any thread. */
    void watchUnclaimed(UringConnection connection) {
        connection
                .loop()
                .run(() -> connection.watchUnclaimed(options.unclaimedTimeout(), "accept()"));
    }

    /** {@code fd} was accepted, on the loop of {@code acceptor}. */
    void onAccepted(Acceptor acceptor, int fd) {
        Acceptor target =
                options.placement() == Placement.KERNEL ? acceptor : leastLoaded(acceptor);
        // Counted before it gets there: the next one accepted must see it.
        target.ring().countConnection(1);
        if (target == acceptor) {
            onPlaced(target.ring(), fd);
        } else {
            open.incrementAndGet();
            target.loop().execute(() -> onHandedOver(target.ring(), fd));
        }
    }

    private void onPlaced(UringScheduler ring, int fd) {
        sink.onConnection(new UringConnection(ring, fd, Origin.ACCEPTED, options.connection()));
    }

    /** The sockets may be closed by now: whoever takes the connections must not be told earlier. */
    private void onHandedOver(UringScheduler ring, int fd) {
        try {
            onPlaced(ring, fd);
        } finally {
            letGo();
        }
    }

    /** Among those that accept; on a tie the one that has it, so that it need not move. */
    private Acceptor leastLoaded(Acceptor acceptor) {
        Acceptor least = acceptor;
        for (Acceptor other : acceptors) {
            if (other.isWanted() && other.ring().connections() < least.ring().connections()) {
                least = other;
            }
        }
        return least;
    }

    void onAcceptFailure(Throwable error) {
        sink.onFailure(error);
        dispose();
    }

    void onAcceptorClosed() {
        letGo();
    }

    private void letGo() {
        if (open.decrementAndGet() == 0) {
            for (Acceptor acceptor : acceptors) {
                acceptor.loop().execute(() -> acceptor.loop().shutdown().removeHook(shutdownHook));
            }
            closed.tryEmitEmpty();
        }
    }

    @Override
    public String toString() {
        return "UringListener[%s, %d rings, %s]"
                .formatted(Addresses.text(address), acceptors.size(), state());
    }

    private String state() {
        if (open.get() == 0) {
            return "CLOSED";
        }
        return disposed.get() ? "STOPPING" : "OPEN";
    }

    /** Before anybody takes the connections none is accepted. */
    private static final class UnusedSink implements ConnectionSink {
        @Override
        public void onConnection(UringConnection connection) {
            connection.dispose();
        }

        @Override
        public void onFailure(Throwable error) {
            // The listener is disposed; whoever subscribes later sees it completed.
        }
    }
}
