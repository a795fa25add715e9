// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Serialises what several rings bring to one subscriber. Whichever thread comes first drains for
 * all; those that come meanwhile leave their work to it. Demand is one counter for all rings: while
 * it is zero the source is told to stop, and what had come by then is held. Safe from any thread.
 */
final class Hub<T extends Disposable> implements Subscription, LoopScannable {
    private static final Logger LOG = Loggers.getLogger(Hub.class);
    private static final int CHUNK = 64;

    /** Where items come from. Its methods are called by one thread at a time, whichever drains. */
    interface Source<T> {
        /** Whether there is demand, at each change. */
        void want(boolean items);

        /** Right before {@code item} is emitted. */
        void beforeEmit(T item);

        /** The subscriber wants nothing any more; from any thread, and perhaps more than once. */
        void dispose();
    }

    /** Null once cancelled or ended: the source outlives the subscription. */
    private volatile @Nullable CoreSubscriber<? super T> actual;

    private final Source<T> source;
    private final MpscUnboundedAtomicArrayQueue<T> held =
            new MpscUnboundedAtomicArrayQueue<>(CHUNK);
    private final AtomicLong demand = new AtomicLong();

    /** Above 0 while a thread drains, and until onSubscribe has returned: it drains no earlier. */
    private final AtomicInteger working = new AtomicInteger(1);

    private volatile boolean cancelled;
    private volatile boolean sourceEnded;
    private volatile @Nullable Throwable failure;
    private volatile boolean terminated;

    /** Guarded by {@link #working}. */
    private boolean wanted;

    Hub(CoreSubscriber<? super T> actual, Source<T> source) {
        this.actual = actual;
        this.source = source;
    }

    /** onSubscribe has returned: signals may begin (rule 1.3). */
    void open() {
        drainForAll();
    }

    void add(T item) {
        held.offer(item);
        drain();
    }

    /** The subscriber fails; what is held then is disposed of. */
    void fail(Throwable error) {
        if (failure == null) {
            failure = error;
        }
        drain();
    }

    /** Nothing more comes: the subscriber completes after what is held. */
    void end() {
        sourceEnded = true;
        drain();
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            demand.accumulateAndGet(n, Operators::addCap);
            drain();
        } else if (!cancelled && !terminated) {
            // In this order: the end of the source would complete the subscriber.
            fail(Signals.badRequest(n));
            source.dispose();
        }
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            source.dispose();
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
                LOG.error("a subscriber of {} threw: it is closed", source, e);
            }
            seen = working.addAndGet(-seen);
        } while (seen != 0);
    }

    private void emit() {
        CoreSubscriber<? super T> subscriber = actual;
        while (subscriber != null && demand.get() > 0 && !cancelled) {
            T item = held.poll();
            if (item == null) {
                break;
            }
            if (demand.get() != Long.MAX_VALUE) {
                demand.decrementAndGet();
            }
            source.beforeEmit(item);
            subscriber.onNext(item);
        }
        if (subscriber == null || cancelled) {
            actual = null;
            disposeHeld();
        } else if (failure != null || (sourceEnded && held.isEmpty())) {
            terminated = true;
            actual = null;
            disposeHeld();
            Signals.end(subscriber, failure);
        } else {
            want(demand.get() > 0);
        }
    }

    private void disposeHeld() {
        for (T item = held.poll(); item != null; item = held.poll()) {
            item.dispose();
        }
    }

    /** Those rings that its items come from. */
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
            source.want(value);
        }
    }
}
