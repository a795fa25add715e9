// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.plan.Kind;
import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.result.Machine;
import io.uringreactive.bench.lab.result.Metric;
import io.uringreactive.bench.lab.result.Result;
import io.uringreactive.bench.lab.result.Result.Comparison;
import io.uringreactive.bench.lab.result.Summaries;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what was measured together with what was asked, where, when and of which versions. */
public final class Assembly {
    private final Choice choice;
    private final Site site;
    private final Instant start;
    private final String form;
    private final String command;

    /**
     * @param form standard or short
     * @param command that repeats the run
     */
    public Assembly(Choice choice, Site site, Instant start, String form, String command) {
        this.choice = choice;
        this.site = site;
        this.start = start;
        this.form = form;
        this.command = command;
    }

    public Result result(Measured measured) {
        Summaries summaries = new Summaries(measured.samples());
        Optional<String> subject = subject(measured);
        return new Result(
                Result.SCHEMA_VERSION,
                about(subject.orElse(null)),
                run(measured),
                Machine.ofThis(),
                Provenance.versions(choice, measured),
                figures(measured),
                choice.contestants().stream().map(each -> entrant(each, measured)).toList(),
                choice.points().stream().map(Assembly::place).toList(),
                measured.samples(),
                measured.discards(),
                summaries.all(),
                subject.map(summaries::against).orElse(List.<Comparison>of()));
    }

    private Optional<String> subject(Measured measured) {
        return choice.contestants().stream()
                .filter(contestant -> contestant.kind() == Kind.SUBJECT)
                .map(Contestant::name)
                .filter(name -> !measured.absent().containsKey(name))
                .findFirst();
    }

    private Result.About about(@Nullable String subject) {
        Experiment experiment = choice.experiment();
        return new Result.About(
                experiment.name(),
                experiment.title(),
                experiment.question(),
                experiment.work(),
                experiment.axis(),
                experiment.request(),
                subject);
    }

    private Result.Run run(Measured measured) {
        return new Result.Run(
                start.truncatedTo(ChronoUnit.SECONDS).toString(),
                Duration.between(start, Instant.now()).toSeconds(),
                form,
                command,
                Provenance.commit(site.root()),
                Provenance.isModified(site.root()),
                choice.pace().rounds(),
                choice.pace().sampleSeconds(),
                choice.pace().warmUpSeconds(),
                site.serverCores().toString(),
                site.loadCores().toString(),
                measured.network());
    }

    private static List<Result.Figure> figures(Measured measured) {
        return Arrays.stream(Metric.values())
                .filter(
                        metric ->
                                measured.samples().stream()
                                        .anyMatch(s -> s.figures().containsKey(metric.key())))
                .map(
                        metric ->
                                new Result.Figure(
                                        metric.key(),
                                        metric.title(),
                                        metric.unit(),
                                        metric.better(),
                                        metric.note()))
                .toList();
    }

    private Result.Entrant entrant(Contestant contestant, Measured measured) {
        String name = contestant.name();
        String command = measured.commands().get(name);
        return new Result.Entrant(
                name,
                contestant.title(),
                contestant.kind(),
                command == null ? null : site.portable(command),
                measured.absent().get(name));
    }

    private static Result.Place place(Point point) {
        return new Result.Place(
                point.name(),
                point.title(),
                point.x().isPresent() ? (Double) point.x().getAsDouble() : null,
                point.parameters());
    }
}
