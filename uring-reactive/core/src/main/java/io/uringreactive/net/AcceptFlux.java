package io.uringreactive.net;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.uringreactive.Connection;
import io.uringreactive.loop.RingScannable;
import io.uringreactive.loop.Signals;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/** {@link io.uringreactive.Listener#connections}: one subscriber, fed by every ring. */
final class AcceptFlux extends Flux<Connection> implements RingScannable {
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
        hub.open();
        listener.onClose().subscribe(nothing -> {}, hub::onFailure, hub::onListenerClosed);
    }

    @Override
    public @Nullable Scheduler signalsOn() {
        return null;
    }

    /**
     * Serialises what the rings accept. Whichever thread comes first drains for all; those that
     * come meanwhile leave their work to it. Demand is one counter for all rings: while it is zero,
     * accepting is disarmed, and what had been accepted by then is held, unread.
     */
    private final class Hub implements ConnectionSink, Subscription, RingScannable {
        private static final int CHUNK = 64;

        /** Null once cancelled or ended: the listener outlives the subscription. */
        private volatile @Nullable CoreSubscriber<? super Connection> actual;

        private final MpscUnboundedAtomicArrayQueue<UringConnection> held =
                new MpscUnboundedAtomicArrayQueue<>(CHUNK);
        private final AtomicLong demand = new AtomicLong();

        /**
         * Above 0 while a thread drains, or while onSubscribe runs: nothing may overlap with it.
         */
        private final AtomicInteger working = new AtomicInteger(1);

        private volatile boolean cancelled;
        private volatile boolean listenerClosed;
        private volatile @Nullable Throwable failure;

        private volatile boolean terminated;

        /** Guarded by {@link #working}. */
        private boolean wanted;

        Hub(CoreSubscriber<? super Connection> actual) {
            this.actual = actual;
        }

        /** onSubscribe has returned: signals may begin. */
        void open() {
            drainForAll();
        }

        @Override
        public void onConnection(UringConnection connection) {
            held.offer(connection);
            drain();
        }

        @Override
        public void onFailure(Throwable error) {
            if (failure == null) {
                failure = error;
            }
            drain();
        }

        void onListenerClosed() {
            listenerClosed = true;
            drain();
        }

        @Override
        public void request(long n) {
            if (n > 0) {
                demand.accumulateAndGet(n, Operators::addCap);
                drain();
            } else {
                listener.dispose();
                onFailure(Signals.badRequest(n));
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
            if (working.getAndIncrement() == 0) {
                drainForAll();
            }
        }

        private void drainForAll() {
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
            CoreSubscriber<? super Connection> subscriber = actual;
            while (subscriber != null && demand.get() > 0 && !cancelled) {
                UringConnection connection = held.poll();
                if (connection == null) {
                    break;
                }
                if (demand.get() != Long.MAX_VALUE) {
                    demand.decrementAndGet();
                }
                watch(connection);
                subscriber.onNext(connection);
            }
            if (subscriber == null || cancelled) {
                actual = null;
                disposeHeld();
            } else if (failure != null || (listenerClosed && held.isEmpty())) {
                terminated = true;
                actual = null;
                disposeHeld();
                Signals.end(subscriber, failure);
            } else {
                want(demand.get() > 0);
            }
        }

        private void disposeHeld() {
            for (UringConnection c = held.poll(); c != null; c = held.poll()) {
                c.dispose();
            }
        }

        @Override
        public @Nullable Scheduler signalsOn() {
            return null;
        }

        @Override
        public @Nullable Object scanState(Attr<?> key) {
            if (key.equals(Attr.ACTUAL)) {
                return actual;
            } else if (key.equals(Attr.TERMINATED)) {
                return terminated;
            } else if (key.equals(Attr.CANCELLED)) {
                return cancelled && !terminated;
            } else if (key.equals(Attr.REQUESTED_FROM_DOWNSTREAM)) {
                return demand.get();
            } else if (key.equals(Attr.BUFFERED)) {
                return held.size();
            }
            return null;
        }

        private void want(boolean value) {
            if (wanted != value) {
                wanted = value;
                listener.want(value);
            }
        }

        private void watch(UringConnection connection) {
            connection
                    .loop()
                    .run(
                            () ->
                                    connection.watch(
                                            NANOSECONDS.convert(unclaimedTimeout),
                                            () ->
                                                    LOG.warn(
                                                            "{} was emitted by accept() and used by"
                                                                    + " nobody for {}: aborted",
                                                            connection,
                                                            unclaimedTimeout)));
        }
    }
}
