// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.uringreactive.Connection;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * The way onto the thread of a connection's ring; created there. Safe from any thread.
 *
 * <p>A scheduler that stops forgets tasks that it has accepted. Here none may be lost: one may hold
 * a buffer, or be what somebody waits for. So they wait in a queue of the connection's, and what is
 * left in it runs when the connection has closed, which a ring that stops sees to.
 */
final class OnRing {
    private final Scheduler ring;
    private final Thread thread = Thread.currentThread();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Runnable next = this::runNext;
    private final AtomicInteger draining = new AtomicInteger();
    private volatile boolean closed;

    OnRing(Connection transport) {
        this.ring = transport.scheduler();
    }

    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    /** At once when called on the ring, else as {@link #execute}. */
    void run(Runnable task) {
        if (isHere()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** After what is going on now. */
    void execute(Runnable task) {
        tasks.add(task);
        try {
            ring.schedule(next);
        } catch (RejectedExecutionException e) {
            // The ring is stopping, which closes the connection: the task finds it closed.
        }
        if (closed && ring.isDisposed()) {
            drain();
        }
    }

    private void runNext() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    /**
     * The connection has closed, and whoever uses it knows: a ring that stops is waited for no
     * more.
     */
    void onClosed() {
        closed = true;
        if (ring.isDisposed()) {
            drain();
        }
    }

    /** On whichever thread, one at a time. */
    private void drain() {
        if (draining.getAndIncrement() == 0) {
            do {
                while (!tasks.isEmpty()) {
                    guarded(next);
                }
            } while (draining.decrementAndGet() > 0);
        }
    }

    /** What one task throws must not keep the others from running. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            Thread here = Thread.currentThread();
            here.getUncaughtExceptionHandler().uncaughtException(here, e);
        }
    }

    Disposable after(Duration delay, Runnable task) {
        try {
            return ring.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return Disposables.disposed(); // as above: the connection is about to be closed
        }
    }
}
