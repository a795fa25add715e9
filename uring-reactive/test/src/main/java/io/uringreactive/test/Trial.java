// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario, and what came of it.
 *
 * @param made every decision of it
 * @param steps what the simulation did
 * @param thrown null where it passed
 * @param story the steps in words, with the events among them
 */
record Trial(Schedule made, long steps, @Nullable Throwable thrown, List<String> story) {
    // What a failed run throws is its result.
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    static Trial of(Shrinker.Scenario scenario, Choices choices) {
        Throwable thrown = null;
        try {
            scenario.run(choices);
        } catch (Throwable e) {
            thrown = e;
        }
        return new Trial(choices.schedule(), choices.steps(), thrown, choices.story());
    }

    boolean failsAs(Failure failure) {
        return thrown != null && Failure.of(thrown).equals(failure);
    }

    /** Fewer events count most, then fewer steps, then less of whatever differs from a calm day. */
    boolean isSimplerThan(Trial other) {
        if (made.events() != other.made.events()) {
            return made.events() < other.made.events();
        }
        return steps != other.steps ? steps < other.steps : sum() < other.sum();
    }

    private double sum() {
        return made.choices().stream().mapToDouble(Choice::value).sum();
    }
}
