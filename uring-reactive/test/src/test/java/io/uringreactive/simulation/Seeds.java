// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.test.SimulatedKernel;
import java.util.function.LongFunction;

/** Runs a scenario under many seeds; a failure names its seed, and {@code -Dseed=N} replays it. */
final class Seeds {
    private static final int RUNS_USUAL = 150;

    @FunctionalInterface
    interface Scenario {
        void run(Simulation simulation) throws Exception;
    }

    /** How many simulations have run to their end in this process. */
    private static long completed;

    static void forEach(Scenario scenario) {
        forEach(Simulation.Network.RELIABLE, scenario);
    }

    static void forEach(Simulation.Network network, Scenario scenario) {
        forEach(RUNS_USUAL, network, scenario);
    }

    /** {@code usual} seeds, unless the system properties say otherwise. */
    static void forEach(int usual, Simulation.Network network, Scenario scenario) {
        forEach(usual, seed -> Simulation.seeded(seed, network), scenario);
    }

    /**
     * {@code usual} seeds from 1 on, unless {@code -Dseed=N} (only that one), {@code -Dseeds=N} (so
     * many), or {@code -Dseed.first=N} (from there on) say otherwise.
     */
    static void forEach(int usual, LongFunction<Simulation> create, Scenario scenario) {
        Long only = Long.getLong("seed");
        long first = only == null ? Long.getLong("seed.first", 1) : only;
        long last = only == null ? first + Integer.getInteger("seeds", usual) - 1 : only;
        for (long seed = first; seed <= last; seed++) {
            long memory = NativeMemory.inUse();
            Simulation simulation = create.apply(seed);
            try (SimulatedKernel kernel = simulation.kernel) {
                scenario.run(simulation);
                simulation.end();
                assert kernel.inFlight() == 0;
                assertEquals(memory, NativeMemory.inUse(), "native memory that was not released");
            } catch (Throwable e) {
                throw new AssertionError(
                        "failed with seed " + seed + "; replay: -Dseed=" + seed, e);
            }
            completed++;
        }
    }

    static long completed() {
        return completed;
    }

    private Seeds() {}
}
