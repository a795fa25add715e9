// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of timers that know their place, so that cancelling one costs no search. Timers
 * need no SQE: the next deadline is the timeout of the loop's own wait. Confined to the loop.
 */
final class Timers {
    /** A deadline and what to do at it. */
    abstract static class Timer {
        /** By the kernel's monotonic clock; compared by difference, since that clock may wrap. */
        long deadlineNanos;

        private long sequence;
        private int place = -1;

        abstract void fire();

        /** What is named when that takes long. */
        Object handler() {
            return this;
        }
    }

    /**
     * The longest delay: 146 years. Deadlines are compared by difference, which half the range of a
     * long keeps from overflowing against one that is overdue.
     */
    static final long DELAY_NANOS_MAX = Long.MAX_VALUE / 2;

    private static final int INITIAL = 16;

    private @Nullable Timer[] heap = new @Nullable Timer[INITIAL];
    private int size;
    private long added;

    void add(Timer timer) {
        assert timer.place < 0 : "the timer is already set";
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        timer.sequence = added++;
        siftUp(size++, timer);
    }

    /** Does nothing for a timer that is not set. */
    void remove(Timer timer) {
        int place = timer.place;
        if (place < 0) {
            return;
        }
        timer.place = -1;
        Timer last = at(--size);
        heap[size] = null;
        if (place < size) {
            siftDown(place, last);
            if (last.place == place) {
                siftUp(place, last);
            }
        }
    }

    /** The timer due at {@code nowNanos}, taken out; null where none is. */
    @Nullable Timer takeDue(long nowNanos) {
        if (size == 0 || at(0).deadlineNanos - nowNanos > 0) {
            return null;
        }
        Timer due = at(0);
        remove(due);
        return due;
    }

    /** How long until the next deadline, at least 0; {@link Long#MAX_VALUE} where there is none. */
    long nanosToNext(long nowNanos) {
        return size == 0 ? Long.MAX_VALUE : Math.max(0, at(0).deadlineNanos - nowNanos);
    }

    int size() {
        return size;
    }

    private Timer at(int place) {
        return Objects.requireNonNull(heap[place]);
    }

    private void siftUp(int from, Timer timer) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!before(timer, at(parent))) {
                break;
            }
            put(place, at(parent));
            place = parent;
        }
        put(place, timer);
    }

    private void siftDown(int from, Timer timer) {
        int place = from;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && before(at(child + 1), at(child))) {
                child++;
            }
            if (!before(at(child), timer)) {
                break;
            }
            put(place, at(child));
            place = child;
        }
        put(place, timer);
    }

    private void put(int place, Timer timer) {
        heap[place] = timer;
        timer.place = place;
    }

    /** Timers of one deadline fire in the order in which they were set. */
    private static boolean before(Timer a, Timer b) {
        long difference = a.deadlineNanos - b.deadlineNanos;
        return difference < 0 || (difference == 0 && a.sequence - b.sequence < 0);
    }
}
