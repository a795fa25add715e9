// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.uringreactive.transport.Loop;
import io.uringreactive.transport.Signals;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Scheduler;

/** One of Netty's event loops. */
final class NettyLoop implements Loop {
    /** How long an event loop may take to close what is left on it. */
    private static final long SHUTDOWN_SECONDS = 5;

    private final EventLoop events;
    private final Sockets sockets;
    private final String name;
    private final Scheduler scheduler;
    private final Set<Runnable> hooks = new LinkedHashSet<>();

    /** Connections that live here; for placing the next one. */
    private final AtomicInteger connections = new AtomicInteger();

    /** Tasks that came after the end: they run all the same, one at a time. */
    private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();

    private final AtomicInteger lateDrains = new AtomicInteger();
    private volatile boolean stopping;

    NettyLoop(EventLoop events, Sockets sockets, String name) {
        this.events = events;
        this.sockets = sockets;
        this.name = name;
        this.scheduler = new EventScheduler(this);
    }

    Sockets sockets() {
        return sockets;
    }

    EventLoop events() {
        return events;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    AtomicInteger connections() {
        return connections;
    }

    @Override
    public boolean isInLoop() {
        return events.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        try {
            events.execute(task);
        } catch (RejectedExecutionException e) {
            late.add(task);
            drainLate();
        }
    }

    private void drainLate() {
        if (lateDrains.getAndIncrement() > 0) {
            return; // whoever drains goes round again
        }
        int seen = 1;
        do {
            for (Runnable task = late.poll(); task != null; task = late.poll()) {
                guarded(task);
            }
            seen = lateDrains.addAndGet(-seen);
        } while (seen != 0);
    }

    @Override
    public void run(Runnable task) {
        if (isInLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    @Override
    public void defer(Runnable task) {
        execute(task);
    }

    @Override
    public Timer after(long delayNanos, Runnable task) {
        try {
            Future<?> due = events.schedule(task, delayNanos, NANOSECONDS);
            return () -> due.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {}; // the loop has ended: what would time out has been aborted
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Runs {@code task} when a channel that was closed just now has given its descriptor back. */
    void afterClose(Runnable task) {
        if (!sockets.closesLate() || events.isShuttingDown()) {
            task.run();
        } else {
            // A timer, be it due at once, comes after the next look at what is ready. A listener,
            // since the end of the event loop cancels the timer.
            events.schedule(() -> {}, 1, NANOSECONDS).addListener(done -> task.run());
        }
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public void addStopHook(Runnable hook) {
        if (stopping) {
            defer(hook);
        } else {
            hooks.add(hook);
        }
    }

    @Override
    public void removeStopHook(Runnable hook) {
        hooks.remove(hook);
    }

    /** Aborts what lives here, and ends the event loop; from any thread. */
    void end() {
        execute(
                () -> {
                    stopping = true;
                    List.copyOf(hooks).forEach(NettyLoop::guarded);
                });
        var _ = events.shutdownGracefully(0, SHUTDOWN_SECONDS, SECONDS);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            Signals.uncaught(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
