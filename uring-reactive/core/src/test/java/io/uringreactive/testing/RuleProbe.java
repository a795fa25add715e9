// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.testing;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Notes every rule that its publisher breaks: signals that overlap, also with onSubscribe, more
 * items than were requested, signals before the subscription or after the end. Requests and cancels
 * from any thread.
 */
public final class RuleProbe<T> implements CoreSubscriber<T> {
    private static final int DAWDLE = 200;

    private final Consumer<? super T> onItem;
    private final Context context;
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private final AtomicReference<@Nullable Subscription> upstream = new AtomicReference<>();
    private final AtomicLong requested = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicInteger ends = new AtomicInteger();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private volatile Consumer<RuleProbe<T>> atStart = probe -> {};
    private volatile Consumer<RuleProbe<T>> atItem = probe -> {};
    private volatile @Nullable Throwable error;

    /**
     * @param onItem what is done with each item, which belongs to the probe
     */
    public RuleProbe(Consumer<? super T> onItem) {
        this(onItem, Context.empty());
    }

    public RuleProbe(Consumer<? super T> onItem, Context context) {
        this.onItem = onItem;
        this.context = context;
    }

    /** What it does from within onSubscribe. */
    public RuleProbe<T> atStart(Consumer<RuleProbe<T>> action) {
        atStart = action;
        return this;
    }

    /** What it does from within each onNext. */
    public RuleProbe<T> atItem(Consumer<RuleProbe<T>> action) {
        atItem = action;
        return this;
    }

    public void request(long n) {
        if (n > 0) {
            requested.accumulateAndGet(n, Operators::addCap);
        }
        subscription().request(n);
    }

    public void cancel() {
        subscription().cancel();
    }

    /** Once there is one. */
    public Subscription subscription() {
        Rings.await("a subscription", () -> upstream.get() != null);
        return Objects.requireNonNull(upstream.get());
    }

    public long received() {
        return received.get();
    }

    public boolean hasEnded() {
        return ends.get() > 0;
    }

    /** Null while it has not failed. */
    public @Nullable Throwable error() {
        return error;
    }

    /** Waits for an end by an error. */
    public Throwable awaitError() {
        Rings.await("an error", () -> error != null);
        return Objects.requireNonNull(error);
    }

    public Queue<String> broken() {
        return broken;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        signal(
                "onSubscribe",
                () -> {
                    if (!upstream.compareAndSet(null, subscription)) {
                        broken.add("a second subscription");
                    }
                    atStart.accept(this);
                    for (int i = 0; i < DAWDLE; i++) {
                        Thread.onSpinWait();
                    }
                });
    }

    @Override
    public void onNext(T item) {
        signal(
                "onNext",
                () -> {
                    if (received.incrementAndGet() > requested.get()) {
                        broken.add("item " + received + " of " + requested + " requested");
                    }
                    if (hasEnded()) {
                        broken.add("an item after the end");
                    }
                    onItem.accept(item);
                    atItem.accept(this);
                });
    }

    @Override
    public void onError(Throwable failure) {
        signal(
                "onError",
                () -> {
                    end();
                    error = failure;
                });
    }

    @Override
    public void onComplete() {
        signal("onComplete", this::end);
    }

    private void end() {
        if (ends.incrementAndGet() > 1) {
            broken.add("a second end");
        }
    }

    private void signal(String name, Runnable body) {
        Thread me = Thread.currentThread();
        Thread other = inside.compareAndExchange(null, me);
        if (other != null && other != me) {
            broken.add(name + " while another signal runs");
        }
        if (upstream.get() == null && !name.equals("onSubscribe")) {
            broken.add(name + " before the subscription");
        }
        try {
            body.run();
        } finally {
            if (other == null) {
                inside.set(null);
            }
        }
    }
}
