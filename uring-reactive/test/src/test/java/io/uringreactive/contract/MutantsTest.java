// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The contract notices every broken transport. A run stops at the first failure; with {@code
 * -Dmutants=all} it goes on, and shows every test that notices.
 */
class MutantsTest {
    private static final String LIMIT = "contract.millis";

    private static final boolean STOPS = !"all".equals(System.getProperty("mutants"));

    /**
     * What a mutant is waited for that never does something. Where every test is run, those that do
     * not notice must not fail because the machine is slow.
     */
    private static final int MUTANT_MILLIS = STOPS ? 500 : 2_000;

    static List<Mutant> mutants() {
        return Mutant.all();
    }

    @AfterEach
    void forget() {
        System.clearProperty(LIMIT);
        MutantContract.set(MutantContract.None.NONE);
    }

    @Test
    void shouldPassThroughTheUnbrokenWrappers() {
        Run run = run(MutantContract.None.NONE, false);
        assertEquals(Map.of(), run.failures);
        assertTrue(run.count > 50, () -> "only " + run.count + " tests ran");
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void shouldBeNoticed(Mutant mutant) {
        System.setProperty(LIMIT, String.valueOf(MUTANT_MILLIS));
        Run run = run(mutant, STOPS);
        System.out.println("mutant " + mutant.name() + " -> " + run.failures.keySet());
        String test = mutant.caughtBy().replaceFirst(".*#", "") + "()";
        assertTrue(run.failures.containsKey(test), () -> test + " passes: " + run.failures);
        assertInstanceOf(AssertionError.class, run.failures.get(test));
    }

    private static Run run(Mutant mutant, boolean stops) {
        MutantContract.set(mutant);
        CancellationToken stop = CancellationToken.create();
        Run run = new Run(stops, stop);
        LauncherDiscoveryRequest contract =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(MutantContract.class))
                        .build();
        LauncherFactory.create()
                .execute(
                        LauncherExecutionRequestBuilder.request(contract)
                                .listeners(run)
                                .cancellationToken(stop)
                                .build());
        return run;
    }

    /** What failed, by the test's name. */
    private static final class Run implements TestExecutionListener {
        private final Map<String, Throwable> failures = new LinkedHashMap<>();
        private final boolean stops;
        private final CancellationToken stop;
        private int count;

        Run(boolean stops, CancellationToken stop) {
            this.stops = stops;
            this.stop = stop;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                count++;
            }
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failures.put(test.getDisplayName(), result.getThrowable().orElseThrow());
                if (stops) {
                    stop.cancel();
                }
            }
        }
    }
}
