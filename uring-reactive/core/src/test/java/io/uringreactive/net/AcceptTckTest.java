// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.UringNet;
import io.uringreactive.fixtures.Bare;
import io.uringreactive.fixtures.Tck;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;

/** The specification's own tests of a listener's connections, on two rings. */
class AcceptTckTest extends KernelTest {
    /** So many clients wait in the backlog; a stream of more than that does not end. */
    private static final int ITEMS_MAX = 40;

    private final Queue<Peer> peers = new ConcurrentLinkedQueue<>();
    private final Queue<Listener> listeners = new ConcurrentLinkedQueue<>();
    private final Queue<Connection> accepted = new ConcurrentLinkedQueue<>();

    private Listener listen() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        listeners.add(listener);
        return listener;
    }

    /** Every client waits already; the listener is stopped when the last one was emitted. */
    private Publisher<Connection> connections(long items) {
        Listener listener = listen();
        for (int i = 0; i < Math.min(items, ITEMS_MAX); i++) {
            peers.add(Peer.connect(listener.address()));
        }
        if (items == 0) {
            listener.dispose();
        }
        AtomicLong left = new AtomicLong(items);
        return Bare.of(
                listener.connections(),
                connection -> {
                    accepted.add(connection);
                    if (left.decrementAndGet() == 0) {
                        listener.dispose();
                    }
                });
    }

    private void closeAll() {
        listeners.forEach(Listener::dispose);
        listeners.forEach(listener -> Await.done(listener.onClose()));
        accepted.forEach(Connection::dispose);
        accepted.forEach(connection -> Await.done(connection.onClose()));
        peers.forEach(Peer::close);
        listeners.clear();
        accepted.clear();
        peers.clear();
    }

    private final class Accepting extends PublisherVerification<Connection> {
        Accepting() {
            super(Tck.environment());
        }

        @Override
        public Publisher<Connection> createPublisher(long elements) {
            return connections(elements);
        }

        @Override
        public Publisher<Connection> createFailedPublisher() {
            Listener listener = listen();
            listener.connections().subscribe(accepted::add);
            return Bare.of(listener.connections(), accepted::add);
        }
    }

    @TestFactory
    Stream<DynamicTest> connections() {
        return Tck.rules(new Accepting(), Tck.ONE_SUBSCRIBER, this::closeAll);
    }
}
