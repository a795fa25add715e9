package io.uringreactive.net;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.uringreactive.Connection;
import java.time.Duration;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * {@link io.uringreactive.Listener#connections}: one subscriber, fed by every ring. While it asks
 * for nothing accepting is disarmed, and what had been accepted by then is held, unread.
 */
final class AcceptFlux extends Flux<Connection> {
    private static final Logger LOG = Loggers.getLogger(AcceptFlux.class);

    private final UringListener listener;
    private final Duration unclaimedTimeout;

    AcceptFlux(UringListener listener, Duration unclaimedTimeout) {
        this.listener = listener;
        this.unclaimedTimeout = unclaimedTimeout;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Connection> actual) {
        Hub<UringConnection> hub = new Hub<>(actual, new Accepted());
        try {
            listener.take(new Taker(hub));
        } catch (IllegalStateException e) {
            Operators.error(actual, e);
            return;
        }
        actual.onSubscribe(hub);
        listener.onClose().subscribe(nothing -> {}, hub::fail, hub::end);
    }

    private record Taker(Hub<UringConnection> hub) implements ConnectionSink {
        @Override
        public void onConnection(UringConnection connection) {
            hub.add(connection);
        }

        @Override
        public void onFailure(Throwable error) {
            hub.fail(error);
        }
    }

    private final class Accepted implements Hub.Source<UringConnection> {
        @Override
        public void want(boolean connections) {
            listener.want(connections);
        }

        @Override
        public void beforeEmit(UringConnection connection) {
            Runnable report =
                    () ->
                            LOG.warn(
                                    "{} was emitted by accept() and used by nobody for {}: aborted",
                                    connection,
                                    unclaimedTimeout);
            connection
                    .loop()
                    .run(() -> connection.watch(NANOSECONDS.convert(unclaimedTimeout), report));
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
}
