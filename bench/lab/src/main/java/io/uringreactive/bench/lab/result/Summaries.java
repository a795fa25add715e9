// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import io.uringreactive.bench.lab.result.Result.Comparison;
import io.uringreactive.bench.lab.result.Result.Ratio;
import io.uringreactive.bench.lab.result.Result.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Medians and ratios of samples. */
public final class Summaries {
    private final List<Sample> samples;

    public Summaries(List<Sample> samples) {
        this.samples = List.copyOf(samples);
    }

    /**
     * For each contestant at each point that has samples, in the order in which they come first.
     */
    public List<Summary> all() {
        Map<List<String>, List<Sample>> groups = new LinkedHashMap<>();
        for (Sample sample : samples) {
            groups.computeIfAbsent(
                            List.of(sample.point(), sample.contestant()), key -> new ArrayList<>())
                    .add(sample);
        }
        return groups.values().stream().map(Summaries::summary).toList();
    }

    private static Summary summary(List<Sample> group) {
        Map<String, Spread> figures = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            List<Double> values = values(group, metric.key());
            if (!values.isEmpty() && isComplete(group, metric.key())) {
                figures.put(metric.key(), Spread.of(values));
            }
        }
        int disturbed = (int) group.stream().filter(Sample::disturbed).count();
        Sample any = group.getFirst();
        return new Summary(any.point(), any.contestant(), disturbed, figures);
    }

    /**
     * A percentile that only the larger samples support would be a median of others than the rest.
     */
    private static boolean isComplete(List<Sample> group, String key) {
        return group.stream()
                .filter(sample -> sample.figures().containsKey(key))
                .map(Sample::kind)
                .distinct()
                .allMatch(
                        kind ->
                                group.stream()
                                        .filter(sample -> sample.kind() == kind)
                                        .allMatch(sample -> sample.figures().containsKey(key)));
    }

    /** The subject against each other contestant, at each point where both have samples. */
    public List<Comparison> against(String subject) {
        List<Comparison> comparisons = new ArrayList<>();
        for (Summary other : all()) {
            Map<String, Ratio> ratios = new LinkedHashMap<>();
            if (!other.contestant().equals(subject)) {
                for (String key : other.figures().keySet()) {
                    ratio(key, other.point(), subject, other.contestant(), ratios);
                }
            }
            if (!ratios.isEmpty()) {
                comparisons.add(new Comparison(other.point(), subject, other.contestant(), ratios));
            }
        }
        return comparisons;
    }

    private void ratio(
            String key, String point, String subject, String other, Map<String, Ratio> ratios) {
        Map<Integer, Double> ours = byRound(key, point, subject);
        Map<Integer, Double> theirs = byRound(key, point, other);
        List<Double> within = new ArrayList<>();
        theirs.forEach(
                (round, value) -> {
                    Double own = ours.get(round);
                    if (own != null && value > 0) {
                        within.add(Figures.rounded(own / value));
                    }
                });
        // Of a figure that is nearly always nothing, such as preemptions, the median may be
        // nothing.
        double median = theirs.isEmpty() ? 0 : Spread.of(theirs.values()).median();
        if (!within.isEmpty() && median > 0) {
            double medians = Spread.of(ours.values()).median() / median;
            ratios.put(key, new Ratio(Figures.rounded(medians), Spread.of(within)));
        }
    }

    private Map<Integer, Double> byRound(String key, String point, String contestant) {
        Map<Integer, Double> byRound = new LinkedHashMap<>();
        Predicate<Sample> wanted =
                sample -> sample.point().equals(point) && sample.contestant().equals(contestant);
        samples.stream()
                .filter(wanted)
                .filter(sample -> sample.figures().containsKey(key))
                .forEach(sample -> byRound.put(sample.round(), sample.figures().get(key)));
        return byRound;
    }

    private static List<Double> values(List<Sample> group, String key) {
        return group.stream()
                .map(Sample::figures)
                .filter(figures -> figures.containsKey(key))
                .map(figures -> figures.get(key))
                .toList();
    }
}
