// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Takes the signals of one subscription with demand given by hand, and notes every rule of Reactive
 * Streams that is broken: more than was requested, signals after the end, two at a time.
 */
class Probe<T> implements CoreSubscriber<T> {
    private final AtomicReference<@Nullable Subscription> upstream = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private final List<Long> early = new ArrayList<>();
    private final AtomicLong outstanding = new AtomicLong();
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<T> items = new CopyOnWriteArrayList<>();
    private volatile int count;
    private volatile boolean cancelled;
    private volatile boolean done;
    private volatile @Nullable Throwable error;

    /** What is done with an item, once it is noted; here it is kept. */
    void take(T item) {
        items.add(item);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        List<Long> waiting;
        synchronized (early) {
            if (!upstream.compareAndSet(null, subscription)) {
                broken.add("2.12: a second onSubscribe");
                subscription.cancel();
                return;
            }
            waiting = List.copyOf(early);
        }
        if (cancelled) {
            subscription.cancel();
        } else {
            waiting.forEach(subscription::request);
        }
    }

    // Signals are serialised: that is what is being tested.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    @Override
    public void onNext(T item) {
        Thread outer = enter("onNext");
        if (outstanding.get() != Long.MAX_VALUE && outstanding.getAndDecrement() <= 0) {
            broken.add("1.1: more was emitted than requested, by item " + (count + 1));
        }
        try {
            take(item);
        } finally {
            count++;
            inside.set(outer);
        }
    }

    @Override
    public void onError(Throwable failure) {
        Thread outer = enter("onError");
        error = failure;
        done = true;
        inside.set(outer);
    }

    @Override
    public void onComplete() {
        Thread outer = enter("onComplete");
        done = true;
        inside.set(outer);
    }

    private @Nullable Thread enter(String signal) {
        Thread me = Thread.currentThread();
        threads.add(me);
        if (upstream.get() == null) {
            broken.add("1.9: " + signal + " before onSubscribe");
        }
        if (done) {
            broken.add("1.7: " + signal + " after the end");
        }
        Thread other = inside.getAndSet(me);
        if (other != null && other != me) {
            broken.add("1.3: " + signal + " while " + other.getName() + " is in one");
        }
        return other == me ? me : null;
    }

    void note(String brokenRule) {
        broken.add(brokenRule);
    }

    /** Before there is a subscription it is noted, and requested with it. */
    void request(long n) {
        if (n > 0) {
            outstanding.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        }
        Subscription subscription;
        synchronized (early) {
            subscription = upstream.get();
            if (subscription == null) {
                early.add(n);
                return;
            }
        }
        subscription.request(n);
    }

    void cancel() {
        cancelled = true;
        Subscription subscription = upstream.get();
        if (subscription != null) {
            subscription.cancel();
        }
    }

    long outstanding() {
        return outstanding.get();
    }

    List<T> items() {
        return items;
    }

    int count() {
        return count;
    }

    boolean isDone() {
        return done;
    }

    boolean isComplete() {
        return done && error == null;
    }

    @Nullable Throwable error() {
        return error;
    }

    Set<Thread> threads() {
        return threads;
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    @Override
    public String toString() {
        return count + " items, " + (done ? error == null ? "complete" : error : "going on");
    }
}
