// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs every scenario of this package under a range of seeds, and goes on until all have had their
 * share or one fails: {@code SimulationRun FIRST_SEED SCHEDULES [SCENARIO]}, the scenario being a
 * part of {@code class#method}. What fails is shrunk. For {@code bench/simulate.sh}, which runs
 * several at once.
 */
final class SimulationRun {
    /** Scenarios take turns, so that one that fails soon is not behind millions of another's. */
    private static final int ROUND = 10;

    private static final PrintStream OUT = System.out;

    private final List<TestScenario> scenarios;
    private final Map<String, Long> nanos = new TreeMap<>();
    private final long begin = System.nanoTime();

    private SimulationRun(List<TestScenario> scenarios) {
        this.scenarios = scenarios;
    }

    public static void main(String[] args) throws Exception {
        long first = Long.parseLong(args[0]);
        long schedules = Long.parseLong(args[1]);
        List<TestScenario> scenarios = TestScenario.all(args.length > 2 ? args[2] : "");
        boolean passed = new SimulationRun(scenarios).run(first, schedules);
        System.exit(passed ? 0 : 1); // threads of a failed simulation may still be there
    }

    private boolean run(long first, long schedules) throws Exception {
        long left = schedules;
        for (long seed = first; left > 0; seed += ROUND) {
            for (TestScenario scenario : scenarios) {
                long count = Math.min(ROUND, left);
                if (count > 0 && !run(scenario, seed, count)) {
                    return false;
                }
                left -= count;
            }
        }
        report();
        return true;
    }

    private boolean run(TestScenario scenario, long first, long count) throws Exception {
        System.setProperty("seed.first", Long.toString(first));
        System.setProperty("seeds", Long.toString(count));
        long start = System.nanoTime();
        try {
            scenario.run();
        } catch (SeedFailed e) {
            OUT.printf(
                    "FAILED %s after %d schedules and %.1f s: %s%n",
                    scenario.name(),
                    Seeds.completed() + 1,
                    seconds(System.nanoTime() - begin),
                    e.getMessage());
            e.printStackTrace(OUT);
            ShrinkRun.shrink(scenario, e.seed);
            return false;
        }
        nanos.merge(scenario.name(), System.nanoTime() - start, Long::sum);
        return true;
    }

    private void report() {
        double all = seconds(System.nanoTime() - begin);
        long completed = Seeds.completed();
        nanos.forEach((name, time) -> OUT.printf("%8.1f s  %s%n", seconds(time), name));
        OUT.printf(
                "PASSED %d schedules of %d scenarios in %.1f s, %.0f per second%n",
                completed, scenarios.size(), all, completed / all);
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
