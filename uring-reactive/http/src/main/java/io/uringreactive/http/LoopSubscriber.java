// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * Takes signals of any thread and handles them on the connection's, in their order, and nowhere
 * else: where the transport stops, the connection's end makes an end of what this subscriber does,
 * and signals of other threads come to nothing. Their items are discarded.
 *
 * @param <T> what is emitted
 */
abstract class LoopSubscriber<T> implements CoreSubscriber<T> {
    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<LoopSubscriber> HOPPING =
            AtomicIntegerFieldUpdater.newUpdater(LoopSubscriber.class, "hopping");

    private final ConnectionLoop loop;

    /** Signals on their way to the thread: those that come on it meanwhile queue up behind them. */
    private volatile int hopping;

    /** The items among them: a thread that ends does not come to run what takes them. */
    private volatile @Nullable Queue<T> underway;

    private volatile boolean closed;

    LoopSubscriber(ConnectionLoop loop) {
        this.loop = loop;
    }

    final ConnectionLoop loop() {
        return loop;
    }

    abstract void next(T item);

    abstract void failed(Throwable error);

    abstract void completed();

    /** What came when nothing was wanted any more, or when the thread ends. On any thread. */
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
        T item = poll();
        if (item != null) {
            next(item);
        }
    }

    private @Nullable T poll() {
        Queue<T> items = underway;
        return items == null ? null : items.poll();
    }

    /** Nothing is wanted any more. On the thread. */
    final void close() {
        closed = true;
        discardUnderway();
    }

    private void discardUnderway() {
        for (T item = poll(); item != null; item = poll()) {
            discard(item);
        }
    }

    @Override
    public final void onError(Throwable error) {
        if (onLoop()) {
            failed(error);
        } else if (!hop(() -> end(() -> failed(error)))) {
            Operators.onErrorDropped(error, currentContext());
        }
    }

    @Override
    public final void onComplete() {
        if (onLoop()) {
            completed();
        } else {
            hop(() -> end(this::completed));
        }
    }

    /**
     * Behind the items, whatever has become of the tasks that bring them: a transport that stops
     * drops those of other threads, and runs those of its own at once.
     */
    private void end(Runnable signal) {
        for (T item = poll(); item != null; item = poll()) {
            next(item);
        }
        signal.run();
    }

    private boolean onLoop() {
        return hopping == 0 && loop.inEventLoop();
    }

    private boolean hop(Runnable signal) {
        HOPPING.incrementAndGet(this);
        return loop.later(
                () -> {
                    HOPPING.decrementAndGet(this);
                    signal.run();
                });
    }
}
