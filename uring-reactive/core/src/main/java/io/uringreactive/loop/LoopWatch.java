// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Looks at a group's loops now and then, and reports one that stays in one turn for too long: what
 * it runs blocks all that lives on it. On a thread of its own, which ends with the last loop.
 */
public final class LoopWatch {
    private static final Logger LOG = Loggers.getLogger(LoopWatch.class);

    /** Looks within the time after which a loop is reported. */
    private static final int LOOKS = 4;

    private static final long INTERVAL_NANOS_MIN = 1_000_000;

    private final List<Sight> sights;
    private final long blockedAfterNanos;
    private final long intervalNanos;

    LoopWatch(List<RingLoop> loops, Duration blockedAfter) {
        this.sights = loops.stream().map(Sight::new).toList();
        this.blockedAfterNanos = blockedAfter.toNanos();
        this.intervalNanos = Math.max(blockedAfterNanos / LOOKS, INTERVAL_NANOS_MIN);
    }

    /** Watches {@code loops}, which have begun, by a thread called {@code name}. */
    public static void start(String name, List<RingLoop> loops, Duration blockedAfter) {
        LoopWatch watch = new LoopWatch(loops, blockedAfter);
        Thread thread = Thread.ofPlatform().daemon().name(name).start(watch::run);
        for (RingLoop loop : loops) {
            loop.shutdown()
                    .done()
                    .subscribe(nothing -> {}, error -> {}, () -> LockSupport.unpark(thread));
        }
    }

    private void run() {
        long lookedAt = System.nanoTime();
        while (sights.stream().anyMatch(Sight::isRunning)) {
            LockSupport.parkNanos(this, intervalNanos);
            long now = System.nanoTime();
            look(now - lookedAt);
            lookedAt = now;
        }
    }

    /**
     * @param elapsedNanos since the last look. Much more than was meant tells that this thread was
     *     not let run either: the process, its JVM or the machine stood still, and how long is held
     *     against no handler
     */
    void look(long elapsedNanos) {
        long counted = Math.min(elapsedNanos, 2 * intervalNanos);
        sights.forEach(sight -> sight.look(counted));
    }

    /** What was last seen of one loop. */
    private final class Sight {
        private final RingLoop loop;
        private long beat;

        /** How long it has been seen in this beat. */
        private long stuckNanos;

        private boolean reported;

        Sight(RingLoop loop) {
            this.loop = loop;
            this.beat = loop.progress().beat();
        }

        boolean isRunning() {
            return !loop.isStopped();
        }

        void look(long elapsedNanos) {
            long current = loop.progress().beat();
            if (current == beat && !Progress.isWaiting(current)) {
                stuckNanos += elapsedNanos;
                if (stuckNanos >= blockedAfterNanos && !reported) {
                    report();
                }
                return;
            }
            if (reported) {
                LOG.warn("{} went on after {} ms", loop, millis());
            }
            beat = current;
            stuckNanos = 0;
            reported = false;
        }

        private void report() {
            Throwable stack = new Throwable(loop + " is here");
            stack.setStackTrace(loop.stackTrace());
            // It may have gone on just now, and stand where it does nothing wrong.
            if (loop.progress().beat() == beat) {
                reported = true;
                loop.progress().countBlocked();
                LOG.warn(
                        loop
                                + " is blocked: what it runs has taken "
                                + millis()
                                + " ms and goes on",
                        stack);
            }
        }

        private long millis() {
            return TimeUnit.NANOSECONDS.toMillis(stuckNanos);
        }
    }
}
