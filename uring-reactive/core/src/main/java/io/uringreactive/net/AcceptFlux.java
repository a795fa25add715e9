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
        Hub<UringConnection> hub =
                new Hub<>(actual, new AcceptSource(listener, listener.acceptors()));
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
