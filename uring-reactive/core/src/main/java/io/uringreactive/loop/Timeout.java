// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.transport.Loop;
import org.jspecify.annotations.Nullable;

/** Runs a task on the loop after a delay, unless cancelled before. Confined to the loop. */
public final class Timeout extends Timers.Timer implements Loop.Timer {
    private final RingLoop loop;
    private @Nullable Runnable task;

    Timeout(RingLoop loop, long delayNanos, Runnable task) {
        this.loop = loop;
        this.task = task;
        this.deadlineNanos = loop.nanoTime() + Math.min(delayNanos, Timers.DELAY_NANOS_MAX);
        loop.timers().add(this);
    }

    /** Does nothing when it has fired. */
    @Override
    public void cancel() {
        if (task != null) {
            task = null;
            loop.timers().remove(this);
        }
    }

    @Override
    Object handler() {
        Runnable due = task;
        return due == null ? this : due;
    }

    @Override
    void fire() {
        Runnable due = task;
        task = null;
        if (due != null) {
            due.run();
        }
    }
}
