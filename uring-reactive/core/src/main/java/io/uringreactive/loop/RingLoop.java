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
 * the state queries is confined to that thread. What it does is {@link Turn}s.
 */
public final class RingLoop implements Loop {
    private final Kernel kernel;
    private final Ring ring;
    private final RingThread thread;
    private final Inbox inbox;
    private Runnable onStart = () -> {};
    private final Operations operations;
    private final Turn turn;
    private final Timers timers = new Timers();
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private final Shutdown shutdown = new Shutdown(this);
    private final CountDownLatch started = new CountDownLatch(1);
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
        this.turn = new Turn(this, ring, inbox);
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
        turn.beforeEnter(hook);
    }

    /**
     * Lets a wait under load go on for {@code micros} until as many CQEs are there as in the turn
     * before (Linux 6.12); what other threads bring may wait as long. 0 for no such wait.
     */
    public void minWaitMicros(int micros) {
        turn.minWaitMicros(micros);
    }

    /** Lets the completion queue grow from {@code entries} to {@code max} CQEs when it is full. */
    public void growth(int entries, int max) {
        turn.growth(new QueueGrowth(toString(), entries, max));
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
        progress().starts(nanoTime());
        started.countDown();
        try {
            while (!shutdown.isComplete()) {
                turn.run();
            }
        } catch (Throwable e) {
            String what = this + " ends: its ring has become unusable";
            Signals.report(what, e);
            shutdown.abandon(TransportErrors.ringLost(what, e));
        }
        progress().ends();
        drainLate();
    }

    /** The end of the ring; from here on tasks run where they are given. */
    void close() {
        stopped = true;
        ring.close();
    }

    /** Those of this turn: what they defer is the next one's. */
    void runDeferred() {
        for (int i = deferred.size(); i > 0; i--) {
            recorder().run(deferred.remove());
        }
    }

    boolean hasDeferred() {
        return !deferred.isEmpty();
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

    @Override
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

    /** How it gets on. */
    public Progress progress() {
        return turn.progress();
    }

    /** Where slow handlers and the like are noted; confined to the loop. */
    public Recorder recorder() {
        return turn.recorder();
    }

    /** What its thread does right now. Safe from any thread. */
    StackTraceElement[] stackTrace() {
        return thread.getStackTrace();
    }

    @Override
    public String toString() {
        return thread.getName();
    }
}
