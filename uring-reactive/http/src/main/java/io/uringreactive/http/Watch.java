// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * A time limit that is set anew for each request and seldom runs out. Restarting it costs nothing:
 * a timer that goes on ticks four times within the limit, and the limit has run out when it has
 * ticked so often without a restart, at most a quarter too late. Needs no clock. Confined to the
 * scheduler's thread.
 */
final class Watch {
    private static final int TICKS = 4;

    private final Scheduler scheduler;
    private final BooleanSupplier beginsAnew;
    private final Runnable onExpired;
    private @Nullable Disposable timer;
    private @Nullable Duration limit;
    private boolean running;
    private int ticks;

    Watch(Scheduler scheduler, Runnable onExpired) {
        this(scheduler, () -> false, onExpired);
    }

    /** {@code beginsAnew} is asked on each tick, whether the limit begins anew. */
    Watch(Scheduler scheduler, BooleanSupplier beginsAnew, Runnable onExpired) {
        this.scheduler = scheduler;
        this.beginsAnew = beginsAnew;
        this.onExpired = onExpired;
    }

    /** From now on. */
    void start(Duration value) {
        restart();
        goOn(value);
    }

    /** The whole limit is left, whether it runs or not. */
    void restart() {
        // The timer is somewhere between two ticks: the next one does not count.
        ticks = -1;
    }

    /** As {@link #start}, but what was left at the last {@link #stop} is what is left. */
    void goOn(Duration value) {
        running = true;
        if (timer != null && value.equals(limit)) {
            return;
        }
        end();
        running = true;
        limit = value;
        ticks = 0;
        long period = Math.max(1, value.toNanos() / TICKS);
        try {
            timer =
                    scheduler.schedulePeriodically(
                            this::tick, period, period, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            timer = null; // the transport stops, and ends what is watched
        }
    }

    void stop() {
        running = false;
    }

    /** As {@link #stop()}, and ends the timer too. */
    void end() {
        running = false;
        Disposable ticking = timer;
        timer = null;
        if (ticking != null) {
            ticking.dispose();
        }
    }

    private void tick() {
        if (!running) {
            return;
        }
        if (beginsAnew.getAsBoolean()) {
            ticks = 0;
        } else if (++ticks >= TICKS) {
            end();
            onExpired.run();
        }
    }
}
