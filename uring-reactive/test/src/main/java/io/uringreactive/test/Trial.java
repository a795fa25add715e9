// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario, and what came of it.
 *
 * @param made every decision of it
 * @param steps what the simulation did
 * @param thrown null where it passed
 * @param events what differs from a calm day in words
 * @param story the steps in words, with the events among them
 */
record Trial(
        Schedule made,
        long steps,
        @Nullable Throwable thrown,
        List<String> events,
        List<String> story) {
    private static final Comparator<Trial> SIMPLICITY =
            Comparator.<Trial>comparingInt(trial -> trial.made.events())
                    .thenComparingLong(Trial::steps)
                    .thenComparingDouble(Trial::sum)
                    .thenComparingInt(trial -> trial.made.choices().size());

    // What a failed run throws is its result.
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    static Trial of(Shrinker.Scenario scenario, Choices choices) {
        Throwable thrown = null;
        try {
            scenario.run(choices);
        } catch (Throwable e) {
            thrown = e;
        }
        return new Trial(
                choices.schedule(), choices.steps(), thrown, choices.events(), choices.story());
    }

    boolean failsAs(Failure failure) {
        return thrown != null && Failure.of(thrown).equals(failure);
    }

    /**
     * Fewer events count most, then fewer steps, then less of whatever differs from a calm day,
     * then fewer decisions.
     */
    boolean isSimplerThan(Trial other) {
        return SIMPLICITY.compare(this, other) < 0;
    }

    private double sum() {
        return made.choices().stream().mapToDouble(Choice::value).sum();
    }
}
