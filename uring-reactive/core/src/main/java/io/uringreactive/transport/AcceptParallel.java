// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.uringreactive.Connection;
import java.util.ArrayList;
import java.util.List;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.ParallelFlux;

/**
 * {@link io.uringreactive.Listener#connectionsByRing}: a rail per ring, signalled on that ring's
 * thread, with a demand of its own.
 */
final class AcceptParallel extends ParallelFlux<Connection> {
    private final LoopListener listener;

    AcceptParallel(LoopListener listener) {
        this.listener = listener;
    }

    @Override
    public int parallelism() {
        return listener.entrances().size();
    }

    @Override
    public void subscribe(CoreSubscriber<? super Connection>[] subscribers) {
        if (!validate(subscribers)) {
            return;
        }
        Rails rails = new Rails();
        for (int i = 0; i < subscribers.length; i++) {
            List<Gate> ofRail = List.of(listener.entrances().get(i));
            rails.hubs.add(new Hub<>(subscribers[i], new AcceptSource(listener, ofRail)));
        }
        try {
            listener.take(rails);
        } catch (IllegalStateException e) {
            ListenParallel.fail(subscribers, e);
            return;
        }
        for (int i = 0; i < subscribers.length; i++) {
            subscribers[i].onSubscribe(rails.hubs.get(i));
            rails.hubs.get(i).open();
        }
        listener.onClose()
                .subscribe(nothing -> {}, rails::onFailure, () -> rails.hubs.forEach(Hub::end));
    }

    private final class Rails implements ConnectionSink {
        final List<Hub<LoopConnection>> hubs = new ArrayList<>();

        @Override
        public void onConnection(LoopConnection connection) {
            for (int i = 0; i < hubs.size(); i++) {
                if (listener.entrances().get(i).loop().equals(connection.loop())) {
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
