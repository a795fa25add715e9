// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens next. Whoever has the turn decides: a loop that waits in its enter runs the
 * kernel on its own thread until another loop is to go on, so most steps need no change of threads.
 * Only the driver runs what belongs to the test's thread, and lets newcomers in.
 */
final class Scheduler {
    /** More steps than any sane test takes: something goes in circles. */
    private static final int STEPS_MAX = 2_000_000;

    private final World world;

    /**
     * How often, in percent, a loop goes before a kernel that has something to do. Drawn once: some
     * seeds try small batches of CQEs and some large ones.
     */
    private final int loopFirst;

    /** What is going on; a test's action may run the simulation from within a run. */
    private @Nullable Run current;

    Scheduler(World world) {
        this.world = world;
        this.loopFirst = world.chance.fixed(5, 80);
    }

    /** On the driver: runs until {@code until} holds, or {@code end} is reached. */
    Run.Outcome run(BooleanSupplier until, long end) {
        Run outer = current;
        Run run = new Run(until, end);
        current = run;
        try {
            while (true) {
                world.throwFailure();
                Seat next = advance(run, true);
                if (run.outcome != null) {
                    return run.outcome;
                }
                if (next != null) {
                    handTo(next);
                    rethrow(run);
                }
            }
        } finally {
            current = outer;
        }
    }

    private void handTo(Seat next) {
        try {
            world.baton.handTo(next);
        } catch (Baton.StuckThread e) {
            throw stuck(e);
        }
    }

    private static void rethrow(Run run) {
        switch (run.thrown) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new AssertionError("thrown while the simulation ran", e);
        }
    }

    /**
     * On a loop's thread, which waits from now on: who has the next turn; null for the driver, also
     * when there is something to be thrown.
     */
    @Nullable Seat next() {
        Run run = current;
        if (run == null) {
            return null;
        }
        try {
            return advance(run, false);
        } catch (Throwable e) {
            run.thrown = e; // the test's thread throws it
            return null;
        }
    }

    /** Goes on until a loop is to run, the run is over, or it is for the driver to go on. */
    private @Nullable Seat advance(Run run, boolean driver) {
        while (!world.hasFailed()) {
            if (++run.steps > STEPS_MAX || world.choices.isTooLong()) {
                throw world.failure(Choices.ENDLESS + world.trace.count() + " steps");
            }
            if (run.until.getAsBoolean()) {
                run.outcome = Run.Outcome.REACHED;
                return null;
            }
            int runnable = runnable();
            if (!world.work.isEmpty()
                    && (runnable == 0 || !world.chance.happens("loop-first", loopFirst))) {
                world.work.runOne();
            } else if (runnable > 0) {
                SimulatedRing ring = runnable(world.chance.below("which-ring", runnable));
                world.trace.add(ring.name() + " goes on");
                return ring.seat();
            } else if (driver) {
                if (!admitNewcomer() && !passTime(run)) {
                    return null;
                }
            } else if (hasNewcomer() || !passTimeOnLoop(run)) {
                run.steps--;
                return null;
            }
        }
        return null;
    }

    private int runnable() {
        int count = 0;
        List<SimulatedRing> rings = world.rings;
        for (int i = 0; i < rings.size(); i++) {
            if (rings.get(i).isRunnable()) {
                count++;
            }
        }
        return count;
    }

    private SimulatedRing runnable(int which) {
        int left = which;
        for (SimulatedRing ring : world.rings) {
            if (ring.isRunnable() && left-- == 0) {
                return ring;
            }
        }
        throw new AssertionError("there are not so many rings that may go on");
    }

    private boolean hasNewcomer() {
        for (SimulatedRing ring : world.rings) {
            if (ring.seat().state == Seat.State.EMPTY) {
                return true;
            }
        }
        return false;
    }

    /**
     * A ring that was opened counts from the moment at which nothing else could happen, not from
     * when its thread happened to start: that would be a matter of real time.
     */
    private boolean admitNewcomer() {
        for (SimulatedRing ring : world.rings) {
            if (ring.seat().state == Seat.State.EMPTY) {
                try {
                    world.baton.admit(ring.seat());
                } catch (Baton.StuckThread e) {
                    throw stuck(e);
                }
                return true;
            }
        }
        return false;
    }

    private AssertionError stuck(Baton.StuckThread cause) {
        AssertionError error = world.failure(cause.getMessage() + ThreadDump.take());
        error.initCause(cause);
        return error;
    }

    /** Lets time pass until something happens by itself; false, and an outcome, if not in time. */
    private boolean passTime(Run run) {
        long next = nextEvent();
        if (next > run.end) {
            run.outcome = next == Long.MAX_VALUE ? Run.Outcome.DEAD : Run.Outcome.OUT_OF_TIME;
            return false;
        }
        moveTo(next);
        return true;
    }

    /** The same, unless that is for the driver: what is then due belongs to the test's thread. */
    private boolean passTimeOnLoop(Run run) {
        return nextEvent() < world.clock.nextOfTest() && passTime(run);
    }

    /** When a ring is content with less than it waits for; {@link Long#MAX_VALUE} for never. */
    long nextEndOfBatch() {
        long next = Long.MAX_VALUE;
        for (SimulatedRing ring : world.rings) {
            RingWait waiting = ring.waiting();
            next = waiting == null ? next : Math.min(next, waiting.endOfBatch());
        }
        return next;
    }

    /** When the next thing happens by itself; {@link Long#MAX_VALUE} for never. */
    private long nextEvent() {
        long next = world.clock.next();
        for (SimulatedRing ring : world.rings) {
            RingWait waiting = ring.waiting();
            next = waiting == null ? next : Math.min(next, waiting.endsAt());
        }
        return next;
    }

    void moveTo(long when) {
        world.clock.moveTo(when);
        world.trace.add("the clock moves to " + world.clock.elapsed());
    }
}
