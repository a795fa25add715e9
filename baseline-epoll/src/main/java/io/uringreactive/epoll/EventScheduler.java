// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * An event loop as Reactor's {@link Scheduler}: Reactor's own over an executor, but for its end,
 * which would leave the connections there unaware.
 */
final class EventScheduler implements Scheduler {
    private final NettyLoop loop;
    private final Scheduler tasks;

    EventScheduler(NettyLoop loop) {
        this.loop = loop;
        this.tasks = Schedulers.fromExecutorService(loop.events(), loop.toString());
    }

    @Override
    public Disposable schedule(Runnable task) {
        return tasks.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return tasks.schedule(task, delay, unit);
    }

    @Override
    public Disposable schedulePeriodically(
            Runnable task, long initialDelay, long period, TimeUnit unit) {
        return tasks.schedulePeriodically(task, initialDelay, period, unit);
    }

    @Override
    public Worker createWorker() {
        return tasks.createWorker();
    }

    @Override
    public void dispose() {
        loop.end();
    }

    @Override
    public boolean isDisposed() {
        return loop.isStopping();
    }

    @Override
    public String toString() {
        return loop.toString();
    }
}
