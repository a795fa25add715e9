// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.sys.ring.Ring;

/**
 * What a loop does over and over: drain the CQ, which signals subscribers inline; drain the inbox;
 * fire timers; run what was deferred to the turn's end; then one io_uring_enter(2) that submits all
 * of it and waits. Confined to the loop.
 */
final class Turn {
    /** Bounds of one turn, so that neither completions nor tasks keep the other waiting. */
    private static final int COMPLETIONS_MAX = 4096;

    private static final int TASKS_MAX = 1024;
    private static final int TIMERS_MAX = 1024;

    private final RingLoop loop;
    private final Ring ring;
    private final Inbox inbox;
    private final Runnable advanceShutdown;
    private final Progress progress = new Progress();
    private final Recorder recorder;
    private Runnable beforeEnter = () -> {};
    private QueueGrowth growth = QueueGrowth.NONE;
    private int minWaitMicros;

    /** CQEs that this turn has drained. */
    private int drained;

    Turn(RingLoop loop, Ring ring, Inbox inbox) {
        this.loop = loop;
        this.ring = ring;
        this.inbox = inbox;
        this.recorder = Recorder.of(loop);
        this.advanceShutdown = loop.shutdown()::advance;
    }

    /** What runs at every turn's end, after the deferred tasks. */
    void beforeEnter(Runnable hook) {
        this.beforeEnter = hook;
    }

    /** How long a wait goes on for as many CQEs as the turn before had, once one is there. */
    void minWaitMicros(int micros) {
        this.minWaitMicros = micros;
    }

    void growth(QueueGrowth value) {
        this.growth = value;
    }

    Progress progress() {
        return progress;
    }

    Recorder recorder() {
        return recorder;
    }

    void run() {
        progress.turns();
        recorder.beginTurn();
        growth.onTurn(ring);
        drained = ring.drain(recorder.handler(), COMPLETIONS_MAX);
        int tasks = runTasks();
        int fired = fireTimers();
        RingLoop.guarded(advanceShutdown);
        if (loop.shutdown().isComplete()) {
            return;
        }
        loop.runDeferred();
        RingLoop.guarded(beforeEnter);
        recorder.endTurn(drained, tasks, fired);
        enter();
    }

    private int runTasks() {
        int count = 0;
        while (count < TASKS_MAX) {
            Runnable task = inbox.poll();
            if (task == null) {
                break;
            }
            recorder.run(task);
            count++;
        }
        return count;
    }

    private int fireTimers() {
        Timers timers = loop.timers();
        if (timers.size() == 0) {
            return 0;
        }
        long now = loop.nanoTime();
        int count = 0;
        while (count < TIMERS_MAX) {
            Timers.Timer due = timers.takeDue(now);
            if (due == null) {
                break;
            }
            recorder.fire(due);
            count++;
        }
        return count;
    }

    private void enter() {
        boolean workLeft = ring.completions() > 0 || loop.hasDeferred() || !inbox.fallAsleep();
        if (!workLeft) {
            long now = loop.nanoTime();
            progress.waits(now);
            await(loop.timers().nanosToNext(now));
            progress.awakes(loop.nanoTime());
            inbox.awake();
        } else if (ring.unsubmitted() > 0 || ring.entryWanted()) {
            ring.enter(0);
        }
    }

    private void await(long timeoutNanos) {
        if (minWaitMicros == 0 || drained < 2) {
            ring.enter(timeoutNanos);
        } else {
            // Under load: as many again are on their way.
            ring.enter(timeoutNanos, drained, Math.clamp(timeoutNanos / 1000, 1, minWaitMicros));
        }
    }
}
