// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.uringreactive.Connection;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/** {@link io.uringreactive.Listener#connections}: one subscriber, fed by every ring. */
final class AcceptFlux extends Flux<Connection> implements LoopScannable {
    private final LoopListener listener;

    AcceptFlux(LoopListener listener) {
        this.listener = listener;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Connection> actual) {
        Hub<LoopConnection> hub =
                new Hub<>(actual, new AcceptSource(listener, listener.entrances()));
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

    private record HubSink(Hub<LoopConnection> hub) implements ConnectionSink {
        @Override
        public void onConnection(LoopConnection connection) {
            hub.add(connection);
        }

        @Override
        public void onFailure(Throwable error) {
            hub.fail(error);
        }
    }
}
