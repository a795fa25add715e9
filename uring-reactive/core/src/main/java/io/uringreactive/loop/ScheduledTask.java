// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import java.util.concurrent.atomic.AtomicReference;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * A task given to a {@link LoopScheduler}: once, after a delay, or periodically at a fixed rate.
 * Disposing it is safe from any thread.
 */
final class ScheduledTask extends Timers.Timer implements Runnable, Disposable {
    private enum State {
        WAITING,
        DONE,
        DISPOSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final RingLoop loop;
    private final Runnable task;

    /** 0 for a task that runs once. */
    private final long periodNanos;

    private final Disposable.Composite owner;

    ScheduledTask(RingLoop loop, Runnable task, long periodNanos, Disposable.Composite owner) {
        this.loop = loop;
        this.task = Schedulers.onSchedule(task);
        this.periodNanos = periodNanos;
        this.owner = owner;
    }

    void setAt(long nanos) {
        deadlineNanos = nanos;
        if (loop.isInLoop()) {
            arm();
        } else {
            loop.execute(this::arm);
        }
    }

    private void arm() {
        if (loop.shutdown().isRequested()) {
            dispose();
        } else if (!isDisposed()) {
            loop.timers().add(this);
        }
    }

    @Override
    Object handler() {
        return task;
    }

    @Override
    void fire() {
        run();
        if (periodNanos > 0 && !isDisposed()) {
            // At a fixed rate, but without making up for periods that were missed: a loop that was
            // busy must not be flooded.
            long late = Math.max(0, loop.nanoTime() - deadlineNanos);
            deadlineNanos += (late / periodNanos + 1) * periodNanos;
            arm();
        }
    }

    @Override
    public void run() {
        if (isDisposed() || loop.shutdown().isRequested()) {
            dispose();
            return;
        }
        if (periodNanos == 0) {
            if (!state.compareAndSet(State.WAITING, State.DONE)) {
                return; // disposed just now, on another thread
            }
            owner.remove(this);
        }
        try {
            task.run();
        } catch (Throwable e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    @Override
    public void dispose() {
        if (state.compareAndSet(State.WAITING, State.DISPOSED)) {
            owner.remove(this);
            if (loop.isInLoop()) {
                loop.timers().remove(this);
            } else {
                loop.execute(() -> loop.timers().remove(this));
            }
        }
    }

    @Override
    public boolean isDisposed() {
        return state.get() != State.WAITING;
    }
}
