// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time run: the driver (the test's thread) or a loop. Whoever has the turn
 * gives it to the next, a loop also to another loop; giving and taking it makes whatever one of
 * them did visible to the next.
 */
final class Baton {
    /** How often a loop that has the turn is looked at, in case its thread died with it. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How long an abandoned loop gets to end. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final List<Seat> seats = new CopyOnWriteArrayList<>();
    private final Duration watchdog;
    private volatile Thread driver = Thread.currentThread();

    /** The loop that has the turn; null while the driver has it. */
    private volatile @Nullable Seat running;

    /** Counts whatever shows that the simulation goes on. */
    private volatile long turns;

    private volatile boolean abandoned;

    Baton(Duration watchdog) {
        this.watchdog = watchdog;
    }

    /** A place for a loop whose thread is still to come. */
    Seat seat(String name) {
        Seat seat = new Seat(name);
        seats.add(seat);
        return seat;
    }

    /** On a loop's thread: takes {@code seat} and waits for its first turn. */
    void sitDown(Seat seat) {
        seat.thread = Thread.currentThread();
        LockSupport.unpark(driver);
        awaitTurn(seat);
    }

    /** On a loop's thread: gives the turn to {@code next}, null for the driver, and waits. */
    void passOn(Seat seat, @Nullable Seat next) {
        if (next == null) {
            running = null;
            LockSupport.unpark(driver);
        } else {
            grant(next);
        }
        if (!seat.equals(next)) {
            awaitTurn(seat);
        }
    }

    // Only whoever has the turn counts.
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void grant(Seat seat) {
        seat.state = Seat.State.RUNNING;
        turns++;
        Thread thread = seat.thread;
        running = seat;
        if (thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    private void awaitTurn(Seat seat) {
        boolean interrupted = false;
        while (running != seat && !abandoned) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (abandoned) {
            throw new SimulationEnded();
        }
    }

    /**
     * A loop will not come back for another turn. Its thread keeps the turn until it has ended, so
     * that what it does last is still in order; a seat that nobody sits on is just removed.
     */
    void leave(Seat seat) {
        boolean itself = seat.thread == Thread.currentThread();
        seat.state = itself ? Seat.State.LEFT : Seat.State.GONE;
        LockSupport.unpark(driver);
    }

    /** On the driver: lets the loop on {@code seat} run, and waits for the turn to come back. */
    void handTo(Seat seat) {
        grant(seat);
        long seen = turns;
        long deadline = System.nanoTime() + watchdog.toNanos();
        for (Seat other = running; other != null; other = running) {
            if (hasEnded(other)) {
                other.state = Seat.State.GONE;
                running = null;
            } else if (turns != seen) {
                seen = turns;
                deadline = System.nanoTime() + watchdog.toNanos();
            } else if (System.nanoTime() - deadline >= 0) {
                throw new StuckThread(other + " does not give the turn back; it blocks or spins");
            }
            if (running != null) {
                pause();
            }
        }
    }

    /**
     * Whether the thread that has the turn cannot give it back; waits a little for one that left.
     */
    private boolean hasEnded(Seat seat) {
        Thread thread = seat.thread;
        if (thread == null || !thread.isAlive()) {
            // Unless it gave the turn away before it ended.
            return running == seat;
        }
        if (seat.state != Seat.State.LEFT) {
            return false;
        }
        try {
            // isAlive() may say otherwise for a moment.
            return thread.join(Duration.ofNanos(LOOK_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private void pause() {
        LockSupport.parkNanos(this, LOOK_NANOS);
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
    }

    private static StuckThread interrupted() {
        return new StuckThread("the test was interrupted while a loop had the turn");
    }

    /** On the driver: waits until a thread sits on {@code seat}, and lets it take part. */
    void admit(Seat seat) {
        long deadline = System.nanoTime() + watchdog.toNanos();
        while (seat.thread == null) {
            if (System.nanoTime() - deadline >= 0) {
                throw new StuckThread(seat.name + " was opened, but no thread enables it");
            }
            pause();
        }
        seat.state = Seat.State.WAITING;
    }

    /** The calling thread is the driver from now on. */
    void drive() {
        Seat seat = running;
        if (seat != null && seat.thread == Thread.currentThread()) {
            throw new IllegalStateException("a loop cannot run its own simulation");
        }
        driver = Thread.currentThread();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /**
     * @throws IllegalStateException when it is not the calling thread's turn
     */
    void requireTurn(String call) {
        Seat seat = running;
        Thread turn = seat == null ? driver : seat.thread;
        if (Thread.currentThread() != turn && !abandoned) {
            throw new IllegalStateException(
                    call
                            + " on thread "
                            + Thread.currentThread().getName()
                            + ", but it is the turn of "
                            + (turn == null ? "nobody" : turn.getName())
                            + ": only the test's thread and the loops may use a simulation");
        }
    }

    /** Lets all loops go; each gets {@link SimulationEnded} at its next use of the ring. */
    void abandon() {
        abandoned = true;
        for (Seat seat : seats) {
            LockSupport.unpark(seat.thread);
        }
        for (Seat seat : seats) {
            Thread thread = seat.thread;
            try {
                if (thread != null && !thread.join(FAREWELL)) {
                    continue; // a daemon: it ends with the process at the latest
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A thread did not do its part; the simulation cannot go on. */
    static final class StuckThread extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StuckThread(String message) {
            super(message);
        }
    }
}
