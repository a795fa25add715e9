// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.uringreactive.test.Choices;
import io.uringreactive.test.Schedule;
import io.uringreactive.test.Shrinker;
import io.uringreactive.test.Shrunk;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Finds the simplest schedule under which a scenario fails as it does under a seed: {@code
 * ShrinkRun SCENARIO SEED}. Or runs a schedule that was found so: {@code ShrinkRun SCENARIO
 * SCHEDULE}. For {@code bench/simulate.sh}.
 */
final class ShrinkRun {
    private static final PrintStream OUT = System.out;

    /** How long to look. */
    private static final int SECONDS =
            Integer.parseInt(System.getenv().getOrDefault("SHRINK_SECONDS", "60"));

    public static void main(String[] args) throws Exception {
        TestScenario scenario = TestScenario.one(args[0]);
        boolean passed = true;
        if (args[1].contains(":")) {
            passed = passes(scenario, Schedule.parse(args[1]));
        } else {
            // What the library logs about hundreds of failures is of no use.
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
            System.setErr(System.out);
            shrink(scenario, Long.parseLong(args[1]));
        }
        System.exit(passed ? 0 : 1); // threads of a failed simulation may still be there
    }

    static void shrink(TestScenario scenario, long seed) {
        if (SECONDS == 0) {
            return;
        }
        Shrunk shrunk;
        try {
            shrunk =
                    Shrinker.shrink(
                            scenario::run, Choices.recorded(seed), Duration.ofSeconds(SECONDS));
        } catch (IllegalArgumentException | OutOfMemoryError e) {
            OUT.println("NOT SHRUNK " + scenario.name() + ": " + e);
            return;
        }
        OUT.printf(
                "SHRUNK %s with seed %d to %d events and %d steps in %.1f s%n",
                scenario.name(),
                seed,
                shrunk.events(),
                shrunk.steps(),
                shrunk.took().toMillis() / 1e3);
        OUT.print(shrunk.report());
        OUT.printf(
                "replay: bench/simulate.sh --replay '%s' '%s'%n",
                scenario.name(), shrunk.schedule());
    }

    private static boolean passes(TestScenario scenario, Schedule schedule) {
        Choices choices = Choices.replayed(schedule);
        try {
            scenario.run(choices);
        } catch (Throwable e) {
            OUT.println("FAILED " + scenario.name());
            e.printStackTrace(OUT);
            return false;
        }
        OUT.println("PASSED in " + choices.steps() + " steps");
        return true;
    }

    private ShrinkRun() {}
}
