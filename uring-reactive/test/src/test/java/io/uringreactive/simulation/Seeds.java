// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.test.Choices;
import io.uringreactive.test.SimulatedKernel;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a scenario under many seeds; a failure names its seed, and {@code -Dseed=N} replays it. */
final class Seeds {
    private static final int RUNS_USUAL = 150;

    @FunctionalInterface
    interface Scenario {
        void run(Simulation simulation) throws Exception;
    }

    /** How many simulations have run to their end in this process. */
    private static long completed;

    /** Instead of seeds, where a run is shrunk or replayed. */
    private static @Nullable Given given;

    static void forEach(Scenario scenario) {
        forEach(Simulation.Network.RELIABLE, scenario);
    }

    static void forEach(Simulation.Network network, Scenario scenario) {
        forEach(RUNS_USUAL, network, scenario);
    }

    /** {@code usual} seeds, unless the system properties say otherwise. */
    static void forEach(int usual, Simulation.Network network, Scenario scenario) {
        forEach(usual, choices -> Simulation.of(choices, network), scenario);
    }

    /**
     * {@code usual} seeds from 1 on, unless {@code -Dseed=N} (only that one), {@code -Dseeds=N} (so
     * many), or {@code -Dseed.first=N} (from there on) say otherwise.
     */
    static void forEach(int usual, Function<Choices, Simulation> create, Scenario scenario) {
        Given only = given;
        if (only == null) {
            forEachSeed(usual, create, scenario);
        } else {
            only.run(create, scenario);
        }
    }

    /**
     * Has {@code test} run its scenario once, with these choices. It throws what the scenario does.
     */
    static void with(Choices choices, ThrowingTest test) throws Exception {
        given = new Given(choices);
        try {
            test.run();
        } finally {
            given = null;
        }
    }

    @FunctionalInterface
    interface ThrowingTest {
        void run() throws Exception;
    }

    /** Choices are good for one run: a test that has several is over with the first. */
    private static final class Given {
        private final Choices choices;
        private boolean used;

        Given(Choices choices) {
            this.choices = choices;
        }

        void run(Function<Choices, Simulation> create, Scenario scenario) {
            if (!used) {
                used = true;
                Seeds.run(create.apply(choices), scenario);
            }
        }
    }

    private static void forEachSeed(
            int usual, Function<Choices, Simulation> create, Scenario scenario) {
        Long only = Long.getLong("seed");
        long first = only == null ? Long.getLong("seed.first", 1) : only;
        long last = only == null ? first + Integer.getInteger("seeds", usual) - 1 : only;
        for (long seed = first; seed <= last; seed++) {
            try {
                run(create.apply(Choices.seeded(seed)), scenario);
            } catch (Throwable e) {
                throw new SeedFailed(seed, e);
            }
            completed++;
        }
    }

    private static void run(Simulation simulation, Scenario scenario) {
        try (SimulatedKernel kernel = simulation.kernel) {
            scenario.run(simulation);
            simulation.end();
            assert kernel.inFlight() == 0;
            assertEquals(
                    simulation.memoryBefore,
                    NativeMemory.inUse(),
                    "native memory that was not released");
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static long completed() {
        return completed;
    }

    private Seeds() {}
}
