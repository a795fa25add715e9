// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * Takes signals of any thread and handles them on the connection's, in their order.
 *
 * @param <T> what is emitted
 */
abstract class LoopSubscriber<T> implements CoreSubscriber<T> {
    private final EventLoop loop;

    /** Signals on their way to the thread: those that come on it meanwhile queue up behind them. */
    private final AtomicInteger hopping = new AtomicInteger();

    /** The items among them: a thread that ends does not come to run what takes them. */
    private volatile @Nullable Queue<T> underway;

    private volatile boolean closed;

    LoopSubscriber(EventLoop loop) {
        this.loop = loop;
    }

    abstract void next(T item);

    abstract void failed(Throwable error);

    abstract void completed();

    /** What came when nothing was wanted any more, or when the thread was gone. On any thread. */
    abstract void discard(T item);

    @Override
    public final void onNext(T item) {
        if (onLoop()) {
            next(item);
            return;
        }
        // Signals come one at a time: nobody else makes it.
        Queue<T> items = underway;
        if (items == null) {
            items = new ConcurrentLinkedQueue<>();
            underway = items;
        }
        items.add(item);
        if (!hop(this::arrive) || closed) {
            discardUnderway();
        }
    }

    private void arrive() {
        Queue<T> items = underway;
        T item = items == null ? null : items.poll();
        if (item != null) {
            next(item);
        }
    }

    /** Nothing is wanted any more. On the thread. */
    final void close() {
        closed = true;
        discardUnderway();
    }

    private void discardUnderway() {
        Queue<T> items = underway;
        T item = items == null ? null : items.poll();
        while (items != null && item != null) {
            discard(item);
            item = items.poll();
        }
    }

    @Override
    public final void onError(Throwable error) {
        if (onLoop() || !hop(() -> failed(error))) {
            failed(error);
        }
    }

    @Override
    public final void onComplete() {
        if (onLoop() || !hop(this::completed)) {
            completed();
        }
    }

    final boolean isOnLoop() {
        return loop.inEventLoop();
    }

    /** Runs {@code task} on the thread, at once where that is this one. */
    final void run(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    private boolean onLoop() {
        return hopping.get() == 0 && loop.inEventLoop();
    }

    private boolean hop(Runnable signal) {
        hopping.incrementAndGet();
        try {
            loop.execute(
                    () -> {
                        hopping.decrementAndGet();
                        signal.run();
                    });
            return true;
        } catch (RejectedExecutionException e) {
            // The transport has stopped, and every connection with it.
            return false;
        }
    }
}
