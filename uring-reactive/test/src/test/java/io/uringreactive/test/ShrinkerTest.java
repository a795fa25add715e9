// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Opcode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The simplest schedule of scenarios whose simplest schedule is known. */
class ShrinkerTest {
    private static final Duration PLENTY = Duration.ofMinutes(1);

    /** Fails from some round on: a size of 40 and more that is cut in the third way. */
    private static void rounds(Choices choices) {
        for (int left = choices.below("rounds", 50); left > 0; left--) {
            int size = choices.below("size", 100);
            int cut = choices.below("cut", 4);
            if (size >= 40 && cut == 3) {
                throw new IllegalStateException("cut in round " + left);
            }
        }
    }

    /** The first seed under which {@code scenario} fails. */
    private static long failing(Shrinker.Scenario scenario) {
        for (long seed = 1; ; seed++) {
            if (Trial.of(scenario, Choices.seeded(seed)).thrown() != null) {
                return seed;
            }
        }
    }

    private static Shrunk shrink(Shrinker.Scenario scenario) {
        return Shrinker.shrink(scenario, Choices.recorded(failing(scenario)), PLENTY);
    }

    @Test
    void shouldFindTheSimplestScheduleOfALoop() {
        Shrunk shrunk = shrink(ShrinkerTest::rounds);
        assertEquals(
                shrunk.schedule().seed() + ":rounds@1=1,size@1=40,cut@1=3",
                shrunk.schedule().toString());
        assertEquals(3, shrunk.events());
    }

    /** Both are needed, whatever is tried alone. */
    @Test
    void shouldKeepEventsThatAreNeededTogether() {
        Shrunk shrunk =
                shrink(
                        choices -> {
                            int sum = 0;
                            for (int i = 0; i < 30; i++) {
                                sum += choices.below("of-thirty", 2);
                            }
                            assertTrue(sum < 12, "too many");
                        });
        assertEquals(12, shrunk.events());
    }

    @Test
    void shouldFailAgainAndAlikeWhenTheResultIsReplayed() {
        Shrunk shrunk = shrink(ShrinkerTest::rounds);
        Schedule read = Schedule.parse(shrunk.schedule().toString());
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> rounds(Choices.replayed(read)));
        assertEquals(Failure.of(shrunk.failure()), Failure.of(failure));
    }

    /** What fails more easily is another defect. */
    @Test
    void shouldNotTakeAnotherFailureForTheSame() {
        Shrinker.Scenario scenario =
                choices -> {
                    int size = choices.below("size", 1_000);
                    if (size > 500) {
                        throw new IllegalStateException("large: " + size);
                    }
                    throw new IllegalStateException("small: " + size);
                };
        long seed = 1;
        while (Choices.seeded(seed).below("size", 1_000) <= 500) {
            seed++;
        }
        Shrunk shrunk = Shrinker.shrink(scenario, Choices.recorded(seed), PLENTY);
        assertEquals("large: 501", shrunk.failure().getMessage());
    }

    @Test
    void shouldGiveUpCandidatesThatGoInCircles() {
        Shrinker.Scenario scenario =
                choices -> {
                    int asked = 0;
                    while (asked < 3) {
                        asked += choices.below("ask", 2); // never, on a calm day
                    }
                    throw new IllegalStateException("asked");
                };
        Shrunk shrunk = shrink(scenario);
        assertEquals(3, shrunk.events());
        assertEquals(3, shrunk.schedule().choices().size());
    }

    @Test
    void shouldReturnTheFirstFailureWhenThereIsNoTime() {
        long seed = failing(ShrinkerTest::rounds);
        Choices first = Choices.recorded(seed);
        assertThrows(IllegalStateException.class, () -> rounds(first));
        Shrunk shrunk =
                Shrinker.shrink(ShrinkerTest::rounds, Choices.recorded(seed), Duration.ZERO);
        assertEquals(first.schedule(), shrunk.schedule());
        assertTrue(shrunk.report().contains("time was over"));
    }

    @Test
    void shouldRefuseWhatDoesNotFail() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Shrinker.shrink(choices -> {}, Choices.recorded(1), PLENTY));
    }

    /** Two sends, of which one is short and must not be. */
    private static void sends(Choices choices) {
        SimulationOptions options =
                SimulationOptions.defaults()
                        .withFaults(SimulationFaults.heavy().without(Fault.RESET));
        try (SimulatedKernel kernel = SimulatedKernel.create(choices, options)) {
            LoopThread loop =
                    LoopThread.start(
                            kernel,
                            script -> {
                                Loop.Pair pair = script.pair();
                                for (int i = 1; i < 8; i++) {
                                    script.prepare(Opcode.NOP, -1, 200 + i);
                                    script.send(pair.client(), 10, 100 + i);
                                    int sent = script.await(100 + i).result();
                                    if (sent > 0 && sent < 10) {
                                        throw new IllegalStateException("short: " + sent);
                                    }
                                }
                            });
            kernel.run(loop::isDone);
            loop.rethrow();
        }
    }

    @Test
    void shouldFindTheFaultThatMatters() {
        Shrunk shrunk = shrink(ShrinkerTest::sends);
        assertEquals(shrunk.schedule().seed() + ":SHORT_SEND@1=1", shrunk.schedule().toString());
        String report = shrunk.report();
        assertTrue(report.contains("1. SHORT_SEND: 1 of 10 bytes"), report);
        assertTrue(report.contains("short: 1"), report);
    }
}
