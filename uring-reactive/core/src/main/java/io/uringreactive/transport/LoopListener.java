// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.ListenerStatus;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;
import reactor.core.publisher.Sinks;

/** A bound port: one {@link Gate} per loop, and one taker of the connections that they let in. */
public abstract class LoopListener implements Listener {
    private final ListenOptions options;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicBoolean disposed = new AtomicBoolean();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder unclaimed = new LongAdder();
    private final LongAdder backOffs = new LongAdder();

    /** Where connections are brought; the gates let none in before it is set. */
    private volatile ConnectionSink sink = new UnusedSink();

    /** Null where nothing limits how many are let in, and until somebody takes the connections. */
    private volatile @Nullable Admission admission;

    /**
     * @param options as they were given, but with the address that is bound
     */
    protected LoopListener(ListenOptions options) {
        this.options = options;
    }

    protected final ListenOptions options() {
        return options;
    }

    protected abstract List<? extends Gate> gates();

    /** Takes what has come already as far as there is demand, and closes; called once at most. */
    protected abstract void stopInOrder();

    /** Closes at once; perhaps more than once, and after {@link #stopInOrder}. */
    protected abstract void closeNow();

    @Override
    public final ListenerStatus status() {
        return new ListenerStatus(accepted.sum(), unclaimed.sum(), backOffs.sum());
    }

    /** Accepting pauses after an error; from any thread. */
    public final void onBackOff() {
        backOffs.increment();
    }

    @Override
    public final Flux<Connection> connections() {
        return new AcceptFlux(this);
    }

    @Override
    public final ParallelFlux<Connection> connectionsByRing() {
        return new AcceptParallel(this);
    }

    @Override
    public final Mono<Void> serve(Function<? super Connection, ? extends Publisher<Void>> handler) {
        return new ServeMono(this, handler);
    }

    /**
     * Makes {@code taker} the one who gets the connections.
     *
     * @throws IllegalStateException when there is one already
     */
    final void take(ConnectionSink taker) {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "the connections of "
                            + this
                            + " are taken already: one subscriber; share() it");
        }
        sink = taker;
    }

    /** Those that whoever takes the connections opens and closes. */
    final synchronized List<? extends Gate> entrances() {
        Admission limits = admission;
        if (limits == null) {
            limits = Admission.of(this, options);
            admission = limits;
        }
        return limits == null ? gates() : limits.gates();
    }

    /** Opens or closes every gate; safe from any thread. */
    final void want(boolean connections) {
        for (Gate gate : entrances()) {
            gate.want(connections);
        }
    }

    @Override
    public final Mono<Void> stop() {
        return closed.asMono()
                .doOnSubscribe(
                        ignored -> {
                            if (disposed.compareAndSet(false, true)) {
                                stopInOrder();
                                turnAway();
                            }
                        });
    }

    @Override
    public final Mono<Void> onClose() {
        return closed.asMono();
    }

    @Override
    public final void dispose() {
        disposed.set(true);
        closeNow();
        turnAway();
    }

    private void turnAway() {
        Admission limits = admission;
        if (limits != null) {
            limits.stop();
        }
    }

    @Override
    public final boolean isDisposed() {
        return disposed.get();
    }

    /** A connection is about to be emitted: somebody must use it in time. From any thread. */
    final void watchUnclaimed(LoopConnection connection) {
        connection
                .loop()
                .run(
                        () ->
                                connection.watchUnclaimed(
                                        options.unclaimedTimeout(),
                                        "accept()",
                                        unclaimed::increment));
    }

    /** {@code connection} was accepted; on its loop. */
    protected final void onConnection(LoopConnection connection) {
        accepted.increment();
        Admission limits = admission;
        if (limits == null) {
            deliver(connection);
        } else {
            limits.onAccepted(connection);
        }
    }

    /** {@code connection} is let in; on its loop. */
    final void deliver(LoopConnection connection) {
        sink.onConnection(connection);
    }

    /** Accepting has ended for good: {@code error} is not one that passes. */
    protected final void onAcceptFailure(Throwable error) {
        sink.onFailure(error);
        dispose();
    }

    /** Nothing is bound any more: the last word of a transport. */
    protected final void onClosed() {
        closed.tryEmitEmpty();
    }

    /** Before anybody takes the connections none is accepted. */
    private static final class UnusedSink implements ConnectionSink {
        @Override
        public void onConnection(LoopConnection connection) {
            connection.dispose();
        }

        @Override
        public void onFailure(Throwable error) {
            // The listener is disposed; whoever subscribes later sees it completed.
        }
    }
}
