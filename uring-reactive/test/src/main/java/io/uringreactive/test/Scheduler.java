package io.uringreactive.test;

import java.util.List;

/** Decides what happens next. Runs on the driver. */
final class Scheduler {
    private static final int PERCENT = 100;

    private final World world;

    /**
     * How often, in percent, the kernel goes before a loop that could run too. Drawn once: some
     * seeds try small batches of CQEs and some large ones.
     */
    private final int kernelFirst;

    Scheduler(World world) {
        this.world = world;
        this.kernelFirst = world.chance.between(20, 95);
    }

    /** Does one thing that can happen now; false when there is none. */
    boolean step() {
        List<SimulatedRing> runnable =
                world.rings.stream().filter(SimulatedRing::isRunnable).toList();
        boolean kernel = !world.work.isEmpty();
        if (kernel && (runnable.isEmpty() || world.chance.below(PERCENT) < kernelFirst)) {
            world.work.runOne();
            return true;
        }
        if (!runnable.isEmpty()) {
            resume(runnable.get(world.chance.below(runnable.size())));
            return true;
        }
        return admitNewcomer();
    }

    private void resume(SimulatedRing ring) {
        world.trace.add(ring.name() + " goes on");
        try {
            world.baton.handTo(ring.seat());
        } catch (Baton.StuckThread e) {
            throw stuck(e);
        }
        world.throwFailure();
    }

    /**
     * A ring that was opened counts from the moment at which nothing else could happen, not from
     * when its thread happened to start: that would be a matter of real time.
     */
    private boolean admitNewcomer() {
        for (SimulatedRing ring : world.rings) {
            if (world.baton.isEmpty(ring.seat())) {
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

    /** When the next thing happens by itself; {@link Long#MAX_VALUE} for never. */
    long nextEvent() {
        long next = world.clock.next();
        for (SimulatedRing ring : world.rings) {
            next = Math.min(next, ring.deadline());
        }
        return next;
    }

    void moveTo(long when) {
        world.clock.moveTo(when);
        world.trace.add("the clock moves to " + world.clock.elapsed());
    }
}
