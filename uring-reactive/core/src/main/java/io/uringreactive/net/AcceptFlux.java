// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.Connection;
import io.uringreactive.loop.RingScannable;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/** {@link io.uringreactive.Listener#connections}: one subscriber, fed by every ring. */
final class AcceptFlux extends Flux<Connection> implements RingScannable {
    private final UringListener listener;

    AcceptFlux(UringListener listener) {
        this.listener = listener;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Connection> actual) {
        Hub<UringConnection> hub = new Hub<>(actual, new AllRings());
        try {
            listener.take(new HubSink(hub));
        } catch (IllegalStateException e) {
            Operators.error(actual, e);
            return;
        }
        actual.onSubscribe(hub);
        hub.open();
        listener.onClose().subscribe(nothing -> {}, hub::fail, hub::end);
    }

    @Override
    public @Nullable Scheduler signalsOn() {
        return null;
    }

    /** While there is no demand accepting is disarmed on every ring. */
    private final class AllRings implements Hub.Source<UringConnection> {
        @Override
        public void want(boolean connections) {
            listener.want(connections);
        }

        @Override
        public void beforeEmit(UringConnection connection) {
            listener.watchUnclaimed(connection);
        }

        @Override
        public void dispose() {
            listener.dispose();
        }

        @Override
        public String toString() {
            return listener.toString();
        }
    }

    private record HubSink(Hub<UringConnection> hub) implements ConnectionSink {
        @Override
        public void onConnection(UringConnection connection) {
            hub.add(connection);
        }

        @Override
        public void onFailure(Throwable error) {
            hub.fail(error);
        }
    }
}
