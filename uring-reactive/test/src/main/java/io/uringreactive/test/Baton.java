package io.uringreactive.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time run: the driver (the test's thread) or the loop that it has handed the
 * turn to. The lock makes whatever one of them did visible to the next.
 */
final class Baton {
    /** How often a loop that has the turn is looked at, in case its thread died with it. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How long an abandoned loop gets to end. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final List<Seat> seats = new ArrayList<>();
    private final Duration watchdog;
    private Thread driver = Thread.currentThread();
    private @Nullable Seat running;
    private boolean abandoned;

    Baton(Duration watchdog) {
        this.watchdog = watchdog;
    }

    /** A place for a loop whose thread is still to come. */
    Seat seat(String name) {
        lock.lock();
        try {
            Seat seat = new Seat(name, lock.newCondition());
            seats.add(seat);
            return seat;
        } finally {
            lock.unlock();
        }
    }

    /** On a loop's thread: takes {@code seat} and waits for its first turn. */
    void sitDown(Seat seat) {
        lock.lock();
        try {
            seat.thread = Thread.currentThread();
            returned.signal();
            waitForTurn(seat);
        } finally {
            lock.unlock();
        }
    }

    /** On a loop's thread: gives the turn to the driver and waits for the next. */
    void giveBack(Seat seat) {
        lock.lock();
        try {
            seat.state = Seat.State.WAITING;
            returned.signal();
            waitForTurn(seat);
        } finally {
            lock.unlock();
        }
    }

    private void waitForTurn(Seat seat) {
        while (seat.state != Seat.State.RUNNING && !abandoned) {
            seat.granted.awaitUninterruptibly();
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
        lock.lock();
        try {
            boolean itself = seat.thread == Thread.currentThread();
            seat.state = itself ? Seat.State.LEFT : Seat.State.GONE;
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    /** On the driver: lets the loop on {@code seat} run until it gives the turn back or ends. */
    void handTo(Seat seat) {
        lock.lock();
        try {
            seat.state = Seat.State.RUNNING;
            running = seat;
            seat.granted.signal();
            awaitReturn(seat, System.nanoTime() + watchdog.toNanos());
            running = null;
        } finally {
            lock.unlock();
        }
    }

    private void awaitReturn(Seat seat, long deadline) {
        while (seat.state == Seat.State.RUNNING || seat.state == Seat.State.LEFT) {
            Thread thread = seat.thread;
            if (thread == null || !thread.isAlive()) {
                seat.state = Seat.State.GONE;
            } else if (System.nanoTime() - deadline >= 0) {
                throw new StuckThread(seat + " does not give the turn back; it blocks or spins");
            } else if (seat.state == Seat.State.LEFT) {
                if (joinUnlocked(thread, Duration.ofNanos(LOOK_NANOS))) {
                    seat.state = Seat.State.GONE;
                }
            } else {
                pause(LOOK_NANOS);
            }
        }
    }

    /** Whether {@code thread} has ended; isAlive() may still say otherwise for a moment. */
    private boolean joinUnlocked(Thread thread, Duration limit) {
        lock.unlock();
        try {
            return thread.join(limit);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.lock();
        }
    }

    private void pause(long nanos) {
        try {
            long left = returned.awaitNanos(nanos);
            assert left <= nanos;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static StuckThread interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        StuckThread stuck = new StuckThread("the test was interrupted while a loop had the turn");
        stuck.initCause(e);
        return stuck;
    }

    /** On the driver: waits until a thread sits on {@code seat}, and lets it take part. */
    void admit(Seat seat) {
        lock.lock();
        try {
            long deadline = System.nanoTime() + watchdog.toNanos();
            while (seat.thread == null) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new StuckThread(seat.name + " was opened, but no thread enables it");
                }
                pause(LOOK_NANOS);
            }
            seat.state = Seat.State.WAITING;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty(Seat seat) {
        lock.lock();
        try {
            return seat.state == Seat.State.EMPTY;
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread is the driver from now on. */
    void drive() {
        lock.lock();
        try {
            if (running != null && running.thread == Thread.currentThread()) {
                throw new IllegalStateException("a loop cannot run its own simulation");
            }
            driver = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    boolean isAbandoned() {
        lock.lock();
        try {
            return abandoned;
        } finally {
            lock.unlock();
        }
    }

    /**
     * @throws IllegalStateException when it is not the calling thread's turn
     */
    void requireTurn(String call) {
        lock.lock();
        try {
            Thread turn = running == null ? driver : running.thread;
            if (Thread.currentThread() != turn && !abandoned) {
                throw new IllegalStateException(
                        call
                                + " on thread "
                                + Thread.currentThread().getName()
                                + ", but it is the turn of "
                                + (turn == null ? "nobody" : turn.getName())
                                + ": only the test's thread and the loops may use a simulation");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets all loops go; each gets {@link SimulationEnded} at its next use of the ring. */
    void abandon() {
        List<Thread> threads = new ArrayList<>();
        lock.lock();
        try {
            abandoned = true;
            for (Seat seat : seats) {
                seat.granted.signalAll();
                if (seat.thread != null) {
                    threads.add(seat.thread);
                }
            }
        } finally {
            lock.unlock();
        }
        for (Thread thread : threads) {
            try {
                if (!thread.join(FAREWELL)) {
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
