// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import io.uringreactive.bench.lab.result.Result.Comparison;
import io.uringreactive.bench.lab.result.Result.Ratio;
import io.uringreactive.bench.lab.result.Result.Summary;
import io.uringreactive.bench.lab.result.Sample.Counting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Medians and ratios of samples: of those that nothing disturbed, where there are {@value
 * #QUIET_MIN} of them, and of all otherwise.
 */
public final class Summaries {
    private static final int QUIET_MIN = 2;

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

    private static Summary summary(List<Sample> all) {
        List<Sample> group = quiet(all);
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

    /** Each kind for itself: there may be one counted sample only. */
    private static List<Sample> quiet(List<Sample> group) {
        List<Sample> chosen = new ArrayList<>();
        for (Counting kind : Counting.values()) {
            List<Sample> every = group.stream().filter(each -> each.kind() == kind).toList();
            List<Sample> quiet = every.stream().filter(each -> !each.disturbed()).toList();
            chosen.addAll(quiet.size() >= Math.min(QUIET_MIN, every.size()) ? quiet : every);
        }
        return chosen;
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
        Map<Integer, Sample> ours = byRound(key, point, subject);
        Map<Integer, Sample> theirs = byRound(key, point, other);
        ours.keySet().retainAll(theirs.keySet());
        List<Integer> quiet = new ArrayList<>(ours.keySet());
        quiet.removeIf(round -> isDisturbed(ours, round) || isDisturbed(theirs, round));
        if (quiet.size() >= Math.min(QUIET_MIN, ours.size())) {
            ours.keySet().retainAll(quiet);
        }
        theirs.keySet().retainAll(ours.keySet());
        List<Double> within = new ArrayList<>();
        theirs.forEach(
                (round, sample) -> {
                    double value = figure(sample, key);
                    if (value > 0) {
                        within.add(Figures.rounded(figure(of(ours, round), key) / value));
                    }
                });
        // Of a figure that is nearly always nothing, such as preemptions, the median may be
        // nothing.
        double median = within.isEmpty() ? 0 : median(theirs, key);
        if (median > 0) {
            ratios.put(
                    key, new Ratio(Figures.rounded(median(ours, key) / median), Spread.of(within)));
        }
    }

    private static boolean isDisturbed(Map<Integer, Sample> samples, int round) {
        return of(samples, round).disturbed();
    }

    private static Sample of(Map<Integer, Sample> samples, int round) {
        return Objects.requireNonNull(samples.get(round));
    }

    private static double median(Map<Integer, Sample> samples, String key) {
        return Spread.of(samples.values().stream().map(each -> figure(each, key)).toList())
                .median();
    }

    private static double figure(Sample sample, String key) {
        return Objects.requireNonNull(sample.figures().get(key));
    }

    private Map<Integer, Sample> byRound(String key, String point, String contestant) {
        Map<Integer, Sample> byRound = new LinkedHashMap<>();
        samples.stream()
                .filter(each -> each.point().equals(point) && each.contestant().equals(contestant))
                .filter(each -> each.figures().containsKey(key))
                .forEach(each -> byRound.put(each.round(), each));
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
