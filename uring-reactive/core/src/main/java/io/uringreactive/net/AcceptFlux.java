package io.uringreactive.net;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.uringreactive.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.Logger;
import reactor.util.Loggers;

/** {@link io.uringreactive.Listener#connections}: one subscriber, fed by every ring. */
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
        Hub hub = new Hub(actual);
        try {
            listener.take(hub);
        } catch (IllegalStateException e) {
            Operators.error(actual, e);
            return;
        }
        actual.onSubscribe(hub);
        listener.onClose().subscribe(nothing -> {}, hub::onFailure, hub::onListenerClosed);
    }

    /**
     * Serialises what the rings accept. Whichever thread comes first drains for all; those that
     * come meanwhile leave their work to it. Demand is one counter for all rings: while it is zero,
     * accepting is disarmed, and what had been accepted by then is held, unread.
     */
    private final class Hub implements ConnectionSink, Subscription {
        private static final int CHUNK = 64;

        private final CoreSubscriber<? super Connection> actual;
        private final MpscUnboundedAtomicArrayQueue<UringConnection> held =
                new MpscUnboundedAtomicArrayQueue<>(CHUNK);
        private final AtomicLong demand = new AtomicLong();
        private final AtomicInteger working = new AtomicInteger();
        private final AtomicBoolean warned = new AtomicBoolean();
        private volatile boolean cancelled;
        private volatile boolean listenerClosed;
        private volatile @Nullable Throwable failure;

        /** Guarded by {@link #working}, as {@link #terminated}. */
        private boolean wanted;

        private boolean terminated;

        Hub(CoreSubscriber<? super Connection> actual) {
            this.actual = actual;
        }

        @Override
        public void onConnection(UringConnection connection) {
            held.offer(connection);
            drain();
        }

        @Override
        public void onFailure(Throwable error) {
            failure = error;
            drain();
        }

        void onListenerClosed() {
            listenerClosed = true;
            drain();
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                demand.accumulateAndGet(n, Operators::addCap);
                drain();
            }
        }

        @Override
        public void cancel() {
            if (!cancelled) {
                cancelled = true;
                listener.dispose();
                drain();
            }
        }

        private void drain() {
            if (working.getAndIncrement() != 0) {
                return;
            }
            int seen = 1;
            do {
                try {
                    emit();
                } catch (Throwable e) {
                    // Against rule 2.13: it counts as cancelled, and whoever drains goes on.
                    cancel();
                    LOG.error("a subscriber of {} threw: it is closed", listener, e);
                }
                seen = working.addAndGet(-seen);
            } while (seen != 0);
        }

        private void emit() {
            while (demand.get() > 0 && !cancelled && !terminated) {
                UringConnection connection = held.poll();
                if (connection == null) {
                    break;
                }
                if (demand.get() != Long.MAX_VALUE) {
                    demand.decrementAndGet();
                }
                watch(connection);
                actual.onNext(connection);
            }
            if (cancelled || terminated) {
                for (UringConnection c = held.poll(); c != null; c = held.poll()) {
                    c.dispose();
                }
            } else if (failure != null || (listenerClosed && held.isEmpty())) {
                terminated = true;
                Throwable error = failure;
                if (error == null) {
                    actual.onComplete();
                } else {
                    actual.onError(error);
                }
            } else {
                want(demand.get() > 0);
            }
        }

        private void want(boolean value) {
            if (wanted != value) {
                wanted = value;
                listener.want(value);
            }
        }

        private void watch(UringConnection connection) {
            Runnable report = () -> reportUnclaimed(connection);
            connection
                    .loop()
                    .run(() -> connection.watch(NANOSECONDS.convert(unclaimedTimeout), report));
        }

        /** Whoever forgets one forgets them all: a warning for each would fill the log. */
        private void reportUnclaimed(UringConnection connection) {
            String what = "{} was emitted by accept() and used by nobody for {}: aborted";
            if (warned.compareAndSet(false, true)) {
                LOG.warn(what + "; further ones are logged at DEBUG", connection, unclaimedTimeout);
            } else {
                LOG.debug(what, connection, unclaimedTimeout);
            }
        }
    }
}
