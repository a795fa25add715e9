// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How a loop gets on: its turns, how long it has waited, and how often it was found blocked.
 * Confined to the loop, but for what {@link LoopWatch} reads and counts.
 */
public final class Progress {
    private static final long WAITING = 1;

    /**
     * Twice the turns, and 1 more while the loop waits, before its first turn and after its last.
     * Written by the loop alone; opaque, for whoever looks on needs no more than to see it at last.
     */
    private final AtomicLong beat = new AtomicLong(WAITING);

    /** Written by the watch, read by the loop. */
    private final AtomicInteger blockedCount = new AtomicInteger();

    private long startedNanos;
    private long waitingSinceNanos;
    private long waitedNanos;

    /** The thread has the ring, and begins. */
    void starts(long nowNanos) {
        startedNanos = nowNanos;
    }

    /** A turn begins. */
    void turns() {
        beat.setOpaque((beat.getPlain() | WAITING) + 1);
    }

    /** The turn is about to wait. */
    void waits(long nowNanos) {
        waitingSinceNanos = nowNanos;
        beat.setOpaque(beat.getPlain() | WAITING);
    }

    /** The wait is over; the next turn follows. */
    void awakes(long nowNanos) {
        waitedNanos += nowNanos - waitingSinceNanos;
    }

    /** There are no more turns. */
    void ends() {
        beat.setOpaque(beat.getPlain() | WAITING);
    }

    /** How often the loop has gone round. */
    public long turnCount() {
        return beat.getPlain() >> 1;
    }

    /** What of the time since the beginning was not spent waiting. */
    public long busyNanos(long nowNanos) {
        return nowNanos - startedNanos - waitedNanos;
    }

    /** How often one turn took so long that it was reported. Safe from any thread. */
    public int blockedCount() {
        return blockedCount.get();
    }

    /** The loop is reported as blocked; by the watch. */
    void countBlocked() {
        blockedCount.incrementAndGet();
    }

    /** The same for as long as a turn lasts, and then another. Safe from any thread. */
    long beat() {
        return beat.getOpaque();
    }

    /** Whether a loop whose beat is {@code beat} waits, or is not running. */
    static boolean isWaiting(long beat) {
        return (beat & WAITING) != 0;
    }
}
