// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.Ring;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reactor's {@link Scheduler} on one loop: tasks run on the ring's thread, in the order in which
 * they were given; delays are the loop's own timers. Every method is safe from any thread.
 */
public class LoopScheduler implements Scheduler, Scannable {
    private final RingLoop loop;

    /** Tasks of the scheduler itself are not tracked: they end with the loop. */
    private final Disposable.Composite untracked = Untracked.INSTANCE;

    protected LoopScheduler(Kernel kernel, Ring ring, String name) {
        this.loop = new RingLoop(kernel, ring, name);
    }

    public final RingLoop loop() {
        return loop;
    }

    @Override
    @SuppressWarnings("rawtypes") // as it is declared
    public @Nullable Object scanUnsafe(Attr key) {
        if (key.equals(Attr.NAME)) {
            return toString();
        }
        boolean end = key.equals(Attr.TERMINATED) || key.equals(Attr.CANCELLED);
        return end ? isDisposed() : null;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return now(task, untracked);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return later(task, unit.toNanos(delay), 0, untracked);
    }

    @Override
    public Disposable schedulePeriodically(
            Runnable task, long initialDelay, long period, TimeUnit unit) {
        return later(task, unit.toNanos(initialDelay), periodNanos(period, unit), untracked);
    }

    private Disposable now(Runnable task, Disposable.Composite owner) {
        ScheduledTask scheduled = accept(task, 0, owner);
        loop.execute(scheduled);
        return scheduled;
    }

    private Disposable later(
            Runnable task, long delayNanos, long periodNanos, Disposable.Composite owner) {
        if (delayNanos <= 0 && periodNanos == 0) {
            return now(task, owner);
        }
        ScheduledTask scheduled = accept(task, periodNanos, owner);
        scheduled.setAt(loop.nanoTime() + Math.clamp(delayNanos, 0, Timers.DELAY_NANOS_MAX));
        return scheduled;
    }

    /** A period of 0 asks for "again at once", in the loop's next turn. */
    private static long periodNanos(long period, TimeUnit unit) {
        return Math.clamp(unit.toNanos(period), 1, Timers.DELAY_NANOS_MAX);
    }

    private ScheduledTask accept(Runnable task, long periodNanos, Disposable.Composite owner) {
        if (isDisposed() || owner.isDisposed()) {
            throw Exceptions.failWithRejected();
        }
        ScheduledTask scheduled = new ScheduledTask(loop, task, periodNanos, owner);
        if (!owner.add(scheduled)) {
            throw Exceptions.failWithRejected();
        }
        return scheduled;
    }

    @Override
    public Worker createWorker() {
        return new LoopWorker();
    }

    @Override
    public long now(TimeUnit unit) {
        // The clock of the loop's own timers is monotonic, Reactor's contract asks for wall time.
        return unit.convert(System.currentTimeMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops the ring: see {@link RingLoop#stop()}. */
    @Override
    public void dispose() {
        loop.stop();
    }

    @Override
    public Mono<Void> disposeGracefully() {
        return Mono.defer(
                () -> {
                    loop.stop();
                    return loop.shutdown().done();
                });
    }

    @Override
    public boolean isDisposed() {
        return loop.shutdown().isRequested();
    }

    @Override
    public String toString() {
        return loop.toString();
    }

    /** Tasks given through a worker end with the worker. */
    private final class LoopWorker implements Worker {
        private final Disposable.Composite tasks = Disposables.composite();

        @Override
        public Disposable schedule(Runnable task) {
            return now(task, tasks);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return later(task, unit.toNanos(delay), 0, tasks);
        }

        @Override
        public Disposable schedulePeriodically(
                Runnable task, long initialDelay, long period, TimeUnit unit) {
            return later(task, unit.toNanos(initialDelay), periodNanos(period, unit), tasks);
        }

        @Override
        public void dispose() {
            tasks.dispose();
        }

        @Override
        public boolean isDisposed() {
            return tasks.isDisposed();
        }
    }

    /** The owner of tasks that nobody needs to find again. */
    private static final class Untracked implements Disposable.Composite {
        static final Untracked INSTANCE = new Untracked();

        @Override
        public boolean add(Disposable task) {
            return true;
        }

        @Override
        public boolean remove(Disposable task) {
            return true;
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public void dispose() {
            // There is nothing to end: the tasks end with the loop.
        }

        @Override
        public boolean isDisposed() {
            return false;
        }
    }
}
