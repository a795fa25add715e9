// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.uringreactive.bench.lab.plan.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All of a result file; {@code bench/results/schema.json} says what each field is. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Result(
        int schemaVersion,
        About experiment,
        Run run,
        Machine machine,
        @JsonInclude Map<String, String> versions,
        List<Figure> metrics,
        List<Entrant> contestants,
        List<Place> points,
        List<Sample> samples,
        @JsonInclude List<Discard> discards,
        List<Summary> summaries,
        @JsonInclude List<Comparison> comparisons) {
    public static final int SCHEMA_VERSION = 1;

    /** What was asked. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record About(
            String name,
            String title,
            String question,
            String work,
            String axis,
            String request,
            @Nullable String subject) {}

    /**
     * When and how it was measured.
     *
     * @param network what lay between servers and load; older results do not say that it was
     *     loopback
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Run(
            String startedAt,
            double seconds,
            String form,
            String command,
            String commit,
            boolean modified,
            int rounds,
            double sampleSeconds,
            double warmUpSeconds,
            String serverCores,
            String loadCores,
            @Nullable String network) {}

    /** One of {@link Metric} that occurs. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Figure(
            String name, String title, String unit, Metric.Better better, String note) {}

    /** A contestant that was started with this command, or was absent for this reason. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entrant(
            String name,
            String title,
            Kind kind,
            @Nullable String command,
            @Nullable String absent) {}

    /** A point of the axis. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Place(
            String name, String title, @Nullable Double x, Map<String, Integer> parameters) {}

    /** A sample that was thrown away because it was disturbed. */
    public record Discard(
            String point, String contestant, int round, double otherLoad, double steal) {}

    /** A contestant at a point, over all rounds. */
    public record Summary(
            String point, String contestant, int disturbed, Map<String, Spread> figures) {}

    /** The subject divided by another one at a point. */
    public record Comparison(
            String point, String subject, String against, Map<String, Ratio> ratios) {}

    /** Of medians, and of the figures within each round. */
    public record Ratio(double ofMedians, Spread withinRounds) {}
}
