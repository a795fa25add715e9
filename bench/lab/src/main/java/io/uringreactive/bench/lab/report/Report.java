// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.report;

import io.uringreactive.bench.lab.result.Metric;
import io.uringreactive.bench.lab.result.Result;
import io.uringreactive.bench.lab.result.Result.Comparison;
import io.uringreactive.bench.lab.result.Result.Entrant;
import io.uringreactive.bench.lab.result.Result.Place;
import io.uringreactive.bench.lab.result.Result.Ratio;
import io.uringreactive.bench.lab.result.Result.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A result for people: a table for each point, and what one must know to believe it. */
public final class Report {
    private final Result result;

    public Report(Result result) {
        this.result = result;
    }

    public String text() {
        return write("", Table::text, "  ");
    }

    public String markdown() {
        return write("## ", Table::markdown, "- ");
    }

    private String write(String heading, Function<Table, String> table, String item) {
        StringBuilder text = new StringBuilder();
        text.append(heading).append(result.experiment().title()).append("\n\n");
        text.append(result.experiment().question()).append("\n\n");
        facts().forEach(fact -> text.append(item).append(fact).append('\n'));
        for (Place point : result.points()) {
            text.append('\n').append(heading.isEmpty() ? "" : "#").append(heading);
            text.append(point.title()).append("\n\n").append(table.apply(table(point)));
        }
        return text.toString();
    }

    private List<String> facts() {
        Result.Run run = result.run();
        List<String> facts = new ArrayList<>();
        facts.add("%s; figures are medians over rounds".formatted(result.experiment().work()));
        facts.add("%s, commit %s%s".formatted(run.command(), run.commit(), modified()));
        facts.add(
                "%d x %s, %s, JDK %s"
                        .formatted(
                                result.machine().cores(),
                                result.machine().cpu(),
                                result.machine().kernel(),
                                result.machine().jdk()));
        facts.add(
                "%s: %d rounds of %s s, servers on core %s, load on core %s"
                        .formatted(
                                run.startedAt(),
                                run.rounds(),
                                plain(run.sampleSeconds()),
                                run.serverCores(),
                                run.loadCores()));
        if (run.network() != null) {
            facts.add("network: " + run.network());
        }
        long disturbed = result.samples().stream().filter(sample -> sample.disturbed()).count();
        facts.add(
                ("%d samples discarded because of other load; %d of %d disturbed each time, which are"
                                + " left out where two others are")
                        .formatted(result.discards().size(), disturbed, result.samples().size()));
        for (Entrant entrant : result.contestants()) {
            if (entrant.absent() != null) {
                facts.add(entrant.title() + " did not take part: " + entrant.absent());
            }
        }
        return facts;
    }

    private String modified() {
        return result.run().modified() ? " with changes" : "";
    }

    private Table table(Place point) {
        List<Summary> summaries =
                result.summaries().stream()
                        .filter(summary -> summary.point().equals(point.name()))
                        .toList();
        List<Column> columns =
                Arrays.stream(Column.values())
                        .filter(c -> summaries.stream().anyMatch(s -> c.isIn(s.figures())))
                        .toList();
        List<String> header = new ArrayList<>(List.of("per " + result.experiment().request()));
        columns.forEach(column -> header.add(column.header()));
        header.add(result.experiment().subject() == null ? "" : comparedTitle() + ", ours/theirs");
        Table table = new Table(header);
        for (Summary summary : summaries) {
            List<String> row = new ArrayList<>(List.of(title(summary.contestant())));
            columns.forEach(column -> row.add(column.of(summary.figures())));
            row.add(ratio(summary).map(Report::written).orElse(""));
            table.add(row);
        }
        return table;
    }

    /** The figure that counts most: CPU per request where there is one. */
    private Metric compared() {
        boolean perRequest =
                result.metrics().stream().anyMatch(each -> each.name().equals(Metric.CPU.key()));
        return perRequest ? Metric.CPU : Metric.CONNECTION_MEMORY;
    }

    private String comparedTitle() {
        return compared() == Metric.CPU ? "CPU" : "memory";
    }

    private String title(String contestant) {
        return result.contestants().stream()
                .filter(entrant -> entrant.name().equals(contestant))
                .map(Entrant::title)
                .findFirst()
                .orElse(contestant);
    }

    private Optional<Ratio> ratio(Summary other) {
        return result.comparisons().stream()
                .filter(each -> each.point().equals(other.point()))
                .filter(each -> each.against().equals(other.contestant()))
                .map(Comparison::ratios)
                .flatMap(ratios -> Optional.ofNullable(ratios.get(compared().key())).stream())
                .findFirst();
    }

    private static String written(Ratio ratio) {
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f to %.3f)",
                ratio.ofMedians(),
                ratio.withinRounds().min(),
                ratio.withinRounds().max());
    }

    private static String plain(double seconds) {
        return seconds == Math.rint(seconds)
                ? Long.toString(Math.round(seconds))
                : Double.toString(seconds);
    }
}
