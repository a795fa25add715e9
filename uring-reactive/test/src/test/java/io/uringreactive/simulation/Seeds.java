package io.uringreactive.simulation;

/** Runs a scenario under many seeds; a failure names its seed, and {@code -Dseed=N} replays it. */
final class Seeds {
    private static final int RUNS = Integer.getInteger("seeds", 150);

    @FunctionalInterface
    interface Scenario {
        void run(Simulation simulation) throws Exception;
    }

    static void forEach(Scenario scenario) {
        forEach(Simulation.Network.RELIABLE, scenario);
    }

    static void forEach(Simulation.Network network, Scenario scenario) {
        Long only = Long.getLong("seed");
        long first = only == null ? 1 : only;
        long last = only == null ? RUNS : only;
        for (long seed = first; seed <= last; seed++) {
            try (Simulation simulation = Simulation.seeded(seed, network)) {
                scenario.run(simulation);
            } catch (Throwable e) {
                throw new AssertionError(
                        "failed with seed " + seed + "; replay: -Dseed=" + seed, e);
            }
        }
    }

    private Seeds() {}
}
