// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.plan.Launch;
import io.uringreactive.bench.lab.run.Choice;
import io.uringreactive.bench.lab.testing.Tree;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {
    private static final double STANDARD_SECONDS_MAX = 14 * 60;
    private static final double SHORT_SECONDS_MAX = 45;

    static List<Experiment> experiments() {
        return new Catalog(Tree.ROOT).all();
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void shouldNameEachOnce(Experiment experiment) {
        Set<String> names = new HashSet<>();
        experiment.contestants().forEach(each -> assertTrue(names.add(each.name()), each.name()));
        experiment.points().forEach(each -> assertTrue(names.add("at " + each.name())));
        assertTrue(experiment.name().matches("[a-z0-9][a-z0-9.-]*"), experiment.name());
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void shouldFindWhatTheShortFormNames(Experiment experiment) {
        Choice choice = Choice.of(experiment, experiment.brief(), List.of(), List.of());
        assertEquals(experiment.brief().contestants().size(), choice.contestants().size());
        assertEquals(experiment.brief().points().size(), choice.points().size());
        assertFalse(choice.contestants().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void shouldEndInTime(Experiment experiment) {
        Choice brief = Choice.of(experiment, experiment.brief(), List.of(), List.of());
        assertTrue(
                experiment.estimatedSeconds() < STANDARD_SECONDS_MAX,
                experiment.name() + " takes " + experiment.estimatedSeconds());
        assertTrue(
                brief.estimatedSeconds() < SHORT_SECONDS_MAX,
                experiment.name() + " takes " + brief.estimatedSeconds() + " in short");
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void shouldStartWhatIsThere(Experiment experiment) {
        for (Contestant contestant : experiment.contestants()) {
            String source =
                    switch (contestant.launch()) {
                        case Launch.Java java ->
                                java.module()
                                        + "/src/main/java/"
                                        + java.mainClass().replace('.', '/')
                                        + ".java";
                        case Launch.C c -> "bench/native/" + c.program() + ".c";
                        case Launch.Installed installed -> "uring"; // not ours to have
                    };
            assertTrue(Files.exists(Tree.ROOT.resolve(source)), source);
        }
    }
}
