// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import static io.uringreactive.bench.lab.plan.Kind.VARIANT;

import io.uringreactive.bench.lab.plan.Contestant;
import java.util.List;

/** The echo as it is, and with what this library avoids: each by itself, and all of it. */
final class ToggleContestants {
    static final List<Contestant> ALL =
            List.of(
                    EchoContestants.URING,
                    toggled("none", "the same, nothing switched on", "none"),
                    toggled("enters", "one enter per operation", "enters"),
                    toggled("threads", "submission by another thread", "threads"),
                    toggled("map", "a map under a lock", "map"),
                    toggled("interrupts", "no DEFER_TASKRUN", "interrupts"),
                    toggled("all", "all four", "enters,threads,map,interrupts"));

    private static Contestant toggled(String name, String title, String toggles) {
        return new Contestant(name, title, VARIANT, Programs.toggled(toggles));
    }

    private ToggleContestants() {}
}
