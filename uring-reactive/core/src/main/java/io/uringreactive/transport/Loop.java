// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

/**
 * The thread that a connection lives on, as what is shared by the transports sees it. {@link
 * #isInLoop}, {@link #execute} and {@link #run} are safe from any thread; the rest is confined to
 * the loop.
 */
public interface Loop {
    boolean isInLoop();

    /** Runs {@code task} on the loop, after those put before it. */
    void execute(Runnable task);

    /** Runs {@code task} at once when called on the loop, else as {@link #execute}. */
    void run(Runnable task);

    /** Runs {@code task} after what is going on now, before the loop waits. */
    void defer(Runnable task);

    /** Runs {@code task} after {@code delayNanos}, unless it is cancelled. */
    Timer after(long delayNanos, Runnable task);

    /** A monotonic clock in nanoseconds, by which {@link #after} counts; safe from any thread. */
    long nanoTime();

    /** Whether the loop has been told to stop. */
    boolean isStopping();

    /** Runs {@code hook} when the loop stops, unless it is removed before; soon, if it is late. */
    void addStopHook(Runnable hook);

    void removeStopHook(Runnable hook);

    /** A task that is to come. */
    interface Timer {
        /** Does nothing when it has run. */
        void cancel();
    }
}
