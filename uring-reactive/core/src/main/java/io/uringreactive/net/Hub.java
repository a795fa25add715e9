// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Serialises what several rings bring to one subscriber. Whichever thread comes first drains for
 * all; those that come meanwhile leave their work to it. Demand is one counter for all rings: while
 * it is zero the source is told to stop, and what had come by then is held. Safe from any thread.
 */
final class Hub<T extends Disposable> implements Subscription {
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

    private final CoreSubscriber<? super T> actual;
    private final Source<T> source;
    private final MpscUnboundedAtomicArrayQueue<T> held =
            new MpscUnboundedAtomicArrayQueue<>(CHUNK);
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger working = new AtomicInteger();
    private volatile boolean cancelled;
    private volatile boolean sourceEnded;
    private volatile @Nullable Throwable failure;

    /** Guarded by {@link #working}, as {@link #terminated}. */
    private boolean wanted;

    private boolean terminated;

    Hub(CoreSubscriber<? super T> actual, Source<T> source) {
        this.actual = actual;
        this.source = source;
    }

    void add(T item) {
        held.offer(item);
        drain();
    }

    /** The subscriber fails at once. What is held is disposed of when the source ends. */
    void fail(Throwable error) {
        failure = error;
        drain();
    }

    /** Nothing more comes: the subscriber completes after what is held. */
    void end() {
        sourceEnded = true;
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
            source.dispose();
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
                LOG.error("a subscriber of {} threw: it is closed", source, e);
            }
            seen = working.addAndGet(-seen);
        } while (seen != 0);
    }

    private void emit() {
        while (demand.get() > 0 && !cancelled && !terminated) {
            T item = held.poll();
            if (item == null) {
                break;
            }
            if (demand.get() != Long.MAX_VALUE) {
                demand.decrementAndGet();
            }
            source.beforeEmit(item);
            actual.onNext(item);
        }
        if (cancelled || terminated) {
            for (T item = held.poll(); item != null; item = held.poll()) {
                item.dispose();
            }
        } else if (failure != null || (sourceEnded && held.isEmpty())) {
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
            source.want(value);
        }
    }
}
