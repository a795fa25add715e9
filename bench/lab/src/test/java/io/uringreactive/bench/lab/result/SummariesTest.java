// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.bench.lab.result.Result.Comparison;
import io.uringreactive.bench.lab.result.Result.Summary;
import io.uringreactive.bench.lab.result.Sample.Counting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SummariesTest {
    private static final String CPU = Metric.CPU.key();
    private static final String CALLS = Metric.SYSCALLS.key();

    @Test
    void shouldFindMedianAndQuartiles() {
        assertEquals(new Spread(3, 1, 5, 2, 4, 5), Spread.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0)));
        assertEquals(new Spread(2.5, 1, 4, 1.75, 3.25, 4), Spread.of(List.of(4.0, 3.0, 2.0, 1.0)));
        assertEquals(new Spread(7, 7, 7, 7, 7, 1), Spread.of(List.of(7.0)));
        assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
    }

    @Test
    void shouldSummariseEachContestantAtEachPoint() {
        List<Summary> all =
                new Summaries(
                                List.of(
                                        sample("50", "uring", 1, Map.of(CPU, 4.0)),
                                        sample("50", "nginx", 1, Map.of(CPU, 8.0)),
                                        sample("50", "uring", 2, Map.of(CPU, 6.0)),
                                        counted("50", "uring", Map.of(CALLS, 0.1)),
                                        sample("400", "uring", 1, Map.of(CPU, 9.0))))
                        .all();
        assertEquals(3, all.size());
        assertEquals("50", all.getFirst().point());
        assertEquals("uring", all.getFirst().contestant());
        assertEquals(5, of(all.getFirst(), CPU).median());
        assertEquals(1, of(all.getFirst(), CALLS).count());
        assertEquals(9, of(all.getLast(), CPU).median());
    }

    @Test
    void shouldLeaveOutWhatNotEverySampleHas() {
        List<Sample> samples =
                List.of(
                        sample("50", "uring", 1, Map.of(CPU, 4.0, CALLS, 0.1)),
                        sample("50", "uring", 2, Map.of(CPU, 6.0)));
        Summary summary = new Summaries(samples).all().getFirst();
        assertEquals(List.of(CPU), List.copyOf(summary.figures().keySet()));
    }

    @Test
    void shouldDivideWithinRoundsAndMedians() {
        List<Comparison> against =
                new Summaries(
                                List.of(
                                        sample("50", "uring", 1, Map.of(CPU, 4.0, CALLS, 1.0)),
                                        sample("50", "nginx", 1, Map.of(CPU, 8.0)),
                                        sample("50", "uring", 2, Map.of(CPU, 6.0)),
                                        sample("50", "nginx", 2, Map.of(CPU, 6.0)),
                                        sample("400", "nginx", 1, Map.of(CPU, 9.0))))
                        .against("uring");
        assertEquals(1, against.size(), "without the point where the subject has no sample");
        assertEquals("nginx", against.getFirst().against());
        assertEquals(List.of(CPU), List.copyOf(against.getFirst().ratios().keySet()));
        Result.Ratio ratio = Objects.requireNonNull(against.getFirst().ratios().get(CPU));
        assertEquals(0.714286, ratio.ofMedians());
        assertEquals(new Spread(0.75, 0.5, 1, 0.625, 0.875, 2), ratio.withinRounds());
    }

    @Test
    void shouldLeaveOutWhatIsMostlyNothing() {
        List<Sample> samples = new ArrayList<>();
        for (int round = 1; round <= 3; round++) {
            double some = round == 1 ? 2 : 0;
            samples.add(sample("50", "uring", round, Map.of(CPU, 4.0, CALLS, 1.0)));
            samples.add(sample("50", "nginx", round, Map.of(CPU, 8.0, CALLS, some)));
        }
        Comparison against = new Summaries(samples).against("uring").getFirst();
        assertEquals(List.of(CPU), List.copyOf(against.ratios().keySet()));
    }

    @Test
    void shouldCountWhatWasDisturbed() {
        Sample quiet = sample("50", "uring", 1, Map.of(CPU, 4.0));
        Sample disturbed =
                new Sample(
                        "50",
                        "uring",
                        2,
                        Counting.TIMED,
                        1,
                        10,
                        0.4,
                        0,
                        true,
                        Map.of(CPU, 5.0),
                        List.of());
        assertEquals(1, new Summaries(List.of(quiet, disturbed)).all().getFirst().disturbed());
        assertTrue(new Summaries(List.of(quiet)).against("uring").isEmpty());
    }

    @Test
    void shouldLeaveOutWhatWasDisturbedWhereTwoOthersAre() {
        List<Sample> samples = new ArrayList<>();
        for (int round = 1; round <= 4; round++) {
            samples.add(timed("uring", round, 4.0 + round, round == 4));
            samples.add(timed("nginx", round, 8.0 + round, round == 1));
            samples.add(timed("netty", round, 8.0 + round, round <= 3));
        }
        Summaries summaries = new Summaries(samples);
        List<Summary> all = summaries.all();
        assertEquals(new Spread(6, 5, 7, 5.5, 6.5, 3), of(all.get(0), CPU));
        assertEquals(0, all.get(0).disturbed());
        assertEquals(new Spread(11, 10, 12, 10.5, 11.5, 3), of(all.get(1), CPU));
        assertEquals(4, of(all.get(2), CPU).count(), "one good sample alone says nothing");
        assertEquals(3, all.get(2).disturbed());
        Result.Ratio nginx = ratio(summaries, 0);
        assertEquals(2, nginx.withinRounds().count(), "rounds 2 and 3");
        assertEquals(0.619048, nginx.ofMedians(), "6.5 of 10.5");
        assertEquals(4, ratio(summaries, 1).withinRounds().count());
    }

    private static Result.Ratio ratio(Summaries summaries, int comparison) {
        return Objects.requireNonNull(summaries.against("uring").get(comparison).ratios().get(CPU));
    }

    private static Sample timed(String contestant, int round, double cpu, boolean disturbed) {
        return new Sample(
                "50",
                contestant,
                round,
                Counting.TIMED,
                1,
                10,
                0,
                0,
                disturbed,
                Map.of(CPU, cpu),
                List.of());
    }

    private static Sample counted(String point, String contestant, Map<String, Double> figures) {
        return new Sample(
                point, contestant, 1, Counting.COUNTED, 1, 10, 0, 0, false, figures, List.of());
    }

    private static Spread of(Summary summary, String key) {
        return Objects.requireNonNull(summary.figures().get(key));
    }

    private static Sample sample(
            String point, String contestant, int round, Map<String, Double> figures) {
        return new Sample(
                point, contestant, round, Counting.TIMED, 1, 10, 0, 0, false, figures, List.of());
    }
}
