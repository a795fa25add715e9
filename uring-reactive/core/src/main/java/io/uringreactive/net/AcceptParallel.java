// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.Connection;
import java.util.ArrayList;
import java.util.List;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.publisher.ParallelFlux;

/**
 * {@link io.uringreactive.Listener#connectionsByRing}: a rail per ring, signalled on that ring's
 * thread, with a demand of its own.
 */
final class AcceptParallel extends ParallelFlux<Connection> {
    private final UringListener listener;

    AcceptParallel(UringListener listener) {
        this.listener = listener;
    }

    @Override
    public int parallelism() {
        return listener.acceptors().size();
    }

    @Override
    public void subscribe(CoreSubscriber<? super Connection>[] subscribers) {
        if (!validate(subscribers)) {
            return;
        }
        Rails rails = new Rails();
        for (int i = 0; i < subscribers.length; i++) {
            rails.hubs.add(new Hub<>(subscribers[i], new OneRing(listener.acceptors().get(i))));
        }
        try {
            listener.take(rails);
        } catch (IllegalStateException e) {
            for (CoreSubscriber<? super Connection> subscriber : subscribers) {
                Operators.error(subscriber, e);
            }
            return;
        }
        for (int i = 0; i < subscribers.length; i++) {
            subscribers[i].onSubscribe(rails.hubs.get(i));
            rails.hubs.get(i).open();
        }
        listener.onClose()
                .subscribe(nothing -> {}, rails::onFailure, () -> rails.hubs.forEach(Hub::end));
    }

    /** While its rail has no demand, accepting is disarmed on the ring. */
    private final class OneRing implements Hub.Source<UringConnection> {
        private final Acceptor acceptor;

        OneRing(Acceptor acceptor) {
            this.acceptor = acceptor;
        }

        @Override
        public void want(boolean connections) {
            acceptor.want(connections);
        }

        @Override
        public void beforeEmit(UringConnection connection) {
            listener.watchUnclaimed(connection);
        }

        /** One rail's end is everybody's: a listening socket that nobody accepts on is a trap. */
        @Override
        public void dispose() {
            listener.dispose();
        }

        @Override
        public String toString() {
            return listener + ", " + acceptor.loop();
        }
    }

    private final class Rails implements ConnectionSink {
        final List<Hub<UringConnection>> hubs = new ArrayList<>();

        @Override
        public void onConnection(UringConnection connection) {
            for (int i = 0; i < hubs.size(); i++) {
                if (listener.acceptors().get(i).loop() == connection.loop()) {
                    hubs.get(i).add(connection);
                    return;
                }
            }
            throw new IllegalStateException(connection + " is on no ring of " + listener);
        }

        @Override
        public void onFailure(Throwable error) {
            hubs.forEach(hub -> hub.fail(error));
        }
    }
}
