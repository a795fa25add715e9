// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.TransportErrors;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingCounters;
import io.uringreactive.transport.Loop;
import io.uringreactive.transport.Signals;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One ring and its thread. Everything but {@link #execute}, {@link #stop}, {@link #isInLoop} and
 * the state queries is confined to that thread.
 *
 * <p>A turn: drain the CQ, which signals subscribers inline; drain the inbox; fire timers; run what
 * was deferred to the turn's end; then one io_uring_enter(2) that submits all of it and waits.
 */
public final class RingLoop implements Loop {
    /** Bounds of one turn, so that neither completions nor tasks keep the other waiting. */
    private static final int COMPLETIONS_PER_TURN_MAX = 4096;

    private static final int TASKS_PER_TURN_MAX = 1024;
    private static final int TIMERS_PER_TURN_MAX = 1024;

    private final Kernel kernel;
    private final Ring ring;
    private final RingThread thread;
    private final Inbox inbox;
    private Runnable onStart = () -> {};
    private final Operations operations;
    private final Timers timers = new Timers();
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private final Shutdown shutdown = new Shutdown(this);
    private final Runnable advanceShutdown = shutdown::advance;
    private final CountDownLatch started = new CountDownLatch(1);
    private Runnable beforeEnter = () -> {};
    private volatile @Nullable Throwable startFailure;
    private volatile boolean stopped;

    /**
     * Above 0 while a thread runs what came too late: the loop's own from the beginning until it
     * has ended, so no task runs beside it, then whoever comes first.
     */
    private final AtomicInteger lateDrains = new AtomicInteger(1);

    RingLoop(Kernel kernel, Ring ring, String name) {
        this.kernel = kernel;
        this.ring = ring;
        this.inbox = new Inbox(ring);
        this.operations = new Operations(this, ring);
        this.thread = new RingThread(this, name);
    }

    /** Starts the thread and waits until the ring is enabled, or fails as that did. */
    public void start() {
        thread.start();
        kernel.await(started);
        Throwable failure = startFailure;
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException("the ring thread failed to start", failure);
        }
    }

    /** Safe from any thread. */
    @Override
    public boolean isInLoop() {
        return Thread.currentThread() == thread;
    }

    /** Runs {@code task} on the loop, after those put before it. Safe from any thread. */
    @Override
    public void execute(Runnable task) {
        inbox.put(task);
        if (stopped) {
            drainAfterStop();
        }
    }

    /** Not at once from within the preparation of an SQE, where nothing can be submitted. */
    @Override
    public void run(Runnable task) {
        if (isInLoop() && !operations.isPreparing()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** Runs {@code task} at the end of this turn, before the enter. */
    @Override
    public void defer(Runnable task) {
        assert isInLoop();
        deferred.add(task);
    }

    /** What runs first on the loop's thread, when the ring is enabled. */
    public void onStart(Runnable hook) {
        this.onStart = hook;
    }

    /** What runs at every turn's end, after the deferred tasks. */
    public void beforeEnter(Runnable hook) {
        this.beforeEnter = hook;
    }

    void run() {
        try {
            ring.enable();
            onStart.run();
        } catch (Throwable e) {
            startFailure = e;
            stopped = true;
            ring.close();
            started.countDown();
            drainLate();
            return;
        }
        started.countDown();
        try {
            while (!shutdown.isComplete()) {
                turn();
            }
        } catch (Throwable e) {
            String what = this + " ends: its ring has become unusable";
            Signals.report(what, e);
            shutdown.abandon(TransportErrors.ringLost(what, e));
        }
        drainLate();
    }

    /** The end of the ring; from here on tasks run where they are given. */
    void close() {
        stopped = true;
        ring.close();
    }

    private void turn() {
        ring.drain(operations, COMPLETIONS_PER_TURN_MAX);
        for (int i = 0; i < TASKS_PER_TURN_MAX; i++) {
            Runnable task = inbox.poll();
            if (task == null) {
                break;
            }
            guarded(task);
        }
        fireTimers();
        guarded(advanceShutdown);
        if (shutdown.isComplete()) {
            return;
        }
        for (int i = deferred.size(); i > 0; i--) {
            guarded(deferred.remove());
        }
        guarded(beforeEnter);
        enter();
    }

    private void fireTimers() {
        if (timers.size() == 0) {
            return;
        }
        long now = kernel.nanoTime();
        for (int i = 0; i < TIMERS_PER_TURN_MAX; i++) {
            Timers.Timer due = timers.takeDue(now);
            if (due == null) {
                break;
            }
            guarded(due::fire);
        }
    }

    private void enter() {
        boolean workLeft = ring.completions() > 0 || !deferred.isEmpty() || !inbox.fallAsleep();
        if (!workLeft) {
            long timeout =
                    timers.size() == 0 ? Long.MAX_VALUE : timers.nanosToNext(kernel.nanoTime());
            ring.enter(timeout);
            inbox.awake();
        } else if (ring.unsubmitted() > 0 || ring.entryWanted()) {
            ring.enter(0);
        }
    }

    static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            Signals.uncaught(e);
        }
    }

    Timers timers() {
        return timers;
    }

    /** Runs {@code task} after {@code delayNanos}, unless it is cancelled. */
    @Override
    public Timeout after(long delayNanos, Runnable task) {
        assert isInLoop();
        return new Timeout(this, delayNanos, task);
    }

    public long nanoTime() {
        return kernel.nanoTime();
    }

    /** What is in the kernel's hands; confined to the loop. */
    public Operations operations() {
        return operations;
    }

    /** For registering buffer rings and reading what the kernel grants. */
    public Ring ring() {
        return ring;
    }

    public Kernel kernel() {
        return kernel;
    }

    /**
     * Stops the loop: runs the stop hooks, cancels what is in flight, waits for the terminal CQEs,
     * and closes the ring. Safe from any thread, also more than once.
     */
    public void stop() {
        shutdown.request();
        // An empty task, and not only a wake-up: a loop that is about to sleep has looked at the
        // request already, but it looks at the inbox once more.
        execute(() -> {});
    }

    /** Whether the ring is closed: tasks still run, on whichever thread, but nothing submits. */
    public boolean isStopped() {
        return stopped;
    }

    public Shutdown shutdown() {
        return shutdown;
    }

    @Override
    public boolean isStopping() {
        return shutdown.isRequested();
    }

    @Override
    public void addStopHook(Runnable hook) {
        shutdown.addHook(hook);
    }

    @Override
    public void removeStopHook(Runnable hook) {
        shutdown.removeHook(hook);
    }

    /**
     * Tasks that came too late to run on the loop still run, one at a time: nothing is lost.
     * Without a lock: a task may call into another loop that has stopped, and its tasks back into
     * this one.
     */
    private void drainAfterStop() {
        if (lateDrains.getAndIncrement() == 0) {
            drainLate();
        } // else whoever drains goes round again
    }

    private void drainLate() {
        int seen = 1;
        do {
            for (Runnable task = deferred.poll(); task != null; task = deferred.poll()) {
                guarded(task);
            }
            for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
                guarded(task);
            }
            seen = lateDrains.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Whether nothing is in flight, and nothing waits for the turn's end to become so. */
    boolean isQuiet() {
        return operations.inFlight() == 0 && deferred.isEmpty();
    }

    public RingCounters counters() {
        return ring.counters();
    }

    @Override
    public String toString() {
        return thread.getName();
    }
}
