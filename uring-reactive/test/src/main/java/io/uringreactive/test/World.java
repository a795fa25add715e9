// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all parts of one simulation share. */
final class World {
    final long seed;
    final Choices choices;
    final SimulationOptions options;
    final Chance chance;
    final VirtualClock clock = new VirtualClock();
    final Trace trace;
    final WorkQueue work;
    final Baton baton;
    final FileTable files;
    final Network network;
    final List<SimulatedRing> rings = new ArrayList<>();
    final Scheduler scheduler;

    /** Set by whatever finds a misuse on a loop's thread; the driver throws it. */
    private @Nullable AssertionError failure;

    World(Choices choices, SimulationOptions options) {
        this.seed = choices.seed();
        this.choices = choices;
        this.options = options;
        this.trace = choices.begin();
        this.chance = new Chance(choices, options.faults());
        this.work = new WorkQueue(chance, clock, trace);
        this.baton = new Baton(options.watchdog());
        this.files = new FileTable(options.descriptorsMax());
        this.network = new Network(this);
        this.scheduler = new Scheduler(this);
    }

    /** An error that names the seed and shows the state; also fails the run that is going on. */
    AssertionError failure(String what) {
        AssertionError error = new AssertionError(StateDump.of(this, what));
        if (failure == null) {
            failure = error;
        }
        return error;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** On the driver: throws what a loop's thread has found. */
    void throwFailure() {
        AssertionError found = failure;
        if (found != null) {
            throw found;
        }
    }
}
