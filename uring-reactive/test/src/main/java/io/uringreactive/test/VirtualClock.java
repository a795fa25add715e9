// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.PriorityQueue;

/**
 * Time that moves only when it is told to, and what is to happen at given times. Read by any
 * thread, moved by whoever has the turn.
 */
final class VirtualClock {
    private static final long START = 1_000_000_000L;

    private record Timer(long at, long sequence, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return at != other.at
                    ? Long.compare(at, other.at)
                    : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();

    /** When there are timers of the test's among them. */
    private final PriorityQueue<Long> ofTest = new PriorityQueue<>();

    private volatile long now = START;
    private long sequence;

    long now() {
        return now;
    }

    /** Since the simulation began, for people to read. */
    String elapsed() {
        return (now - START) / 1_000_000.0 + " ms";
    }

    /** {@code nanos} from now, {@link Long#MAX_VALUE} where that is beyond the end of time. */
    long after(long nanos) {
        return nanos >= Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
    }

    void at(long when, Runnable action) {
        timers.add(new Timer(when, sequence++, action));
    }

    /** The same for an action that only the test's thread may run. */
    void atForTest(long when, Runnable action) {
        ofTest.add(when);
        at(
                when,
                () -> {
                    ofTest.remove();
                    action.run();
                });
    }

    /** The time of the test's next timer, {@link Long#MAX_VALUE} if there is none. */
    long nextOfTest() {
        Long next = ofTest.peek();
        return next == null ? Long.MAX_VALUE : next;
    }

    /** The time of the next timer, {@link Long#MAX_VALUE} if there is none. */
    long next() {
        Timer timer = timers.peek();
        return timer == null ? Long.MAX_VALUE : timer.at;
    }

    int timers() {
        return timers.size();
    }

    /**
     * Moves to {@code when}, which is not in the past, and runs what is due by then. On the test's
     * thread if that includes a timer of its own.
     */
    void moveTo(long when) {
        assert when >= now : "time runs backwards";
        now = when;
        for (Timer timer = timers.peek(); timer != null && timer.at <= now; timer = timers.peek()) {
            timers.remove();
            timer.action.run();
        }
    }
}
