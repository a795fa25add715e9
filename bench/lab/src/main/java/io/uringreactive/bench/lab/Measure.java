// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab;

import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.plan.Form;
import io.uringreactive.bench.lab.plan.Pace;
import io.uringreactive.bench.lab.proc.Cores;
import io.uringreactive.bench.lab.report.Report;
import io.uringreactive.bench.lab.result.Result;
import io.uringreactive.bench.lab.result.ResultFile;
import io.uringreactive.bench.lab.run.Assembly;
import io.uringreactive.bench.lab.run.Choice;
import io.uringreactive.bench.lab.run.Measured;
import io.uringreactive.bench.lab.run.Progress;
import io.uringreactive.bench.lab.run.Quiet;
import io.uringreactive.bench.lab.run.Runner;
import io.uringreactive.bench.lab.run.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one experiment and writes its result. */
@Command(sortOptions = false, mixinStandardHelpOptions = true)
final class Measure implements Callable<Integer> {
    private final Experiment experiment;
    private final Path root;
    private final List<String> arguments;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--short", description = "Less of everything, in less than a minute.")
    private boolean brief;

    @Option(names = "--save", description = "Write bench/results/NAME.json, to be committed.")
    private boolean save;

    @Option(names = "--markdown", description = "Print the report as Markdown.")
    private boolean markdown;

    @Option(
            names = "--contestants",
            split = ",",
            paramLabel = "NAME",
            description = "Only these; see the result of a run for their names.")
    private List<String> contestants = List.of();

    @Option(names = "--points", split = ",", paramLabel = "NAME", description = "Only these.")
    private List<String> points = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Timed samples of each.")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", paramLabel = "S", description = "Of each timed sample.")
    private @Nullable Double seconds;

    @Option(names = "--warm-up", paramLabel = "S", description = "Before a server's first point.")
    private @Nullable Double warmUp;

    @Option(names = "--server-cores", paramLabel = "CORES", description = "As in 0 or 0,2-3.")
    private String serverCores = "0";

    @Option(names = "--load-cores", paramLabel = "CORES", description = "As in 1.")
    private String loadCores = "1";

    @Option(
            names = "--other-load-max",
            paramLabel = "SHARE",
            description = {
                "Discard a sample if others took more of the",
                "used cores' time (default: ${DEFAULT-VALUE})."
            })
    private double otherLoadMax = 0.05;

    @Option(
            names = "--patience",
            paramLabel = "S",
            description = {
                "How many seconds to wait in all for a hypervisor that has given",
                "the cores to others; --repeats counts after that (default: 0)."
            })
    private double patience;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Of a discarded sample, at most (default: 2, in short 1).")
    private @Nullable Integer repeats;

    Measure(Experiment experiment, Path root, List<String> arguments) {
        this.experiment = experiment;
        this.root = root;
        this.arguments = arguments;
    }

    @Override
    public Integer call() throws IOException {
        Instant start = Instant.now();
        Form form = brief ? experiment.brief() : experiment.standard();
        Choice choice = Choice.of(experiment, form, contestants, points);
        choice = choice.at(pace(choice.pace()));
        Path jdk = Path.of(System.getProperty("java.home"));
        Site site = new Site(root, jdk, Cores.of(serverCores), Cores.of(loadCores));
        Runner runner =
                new Runner(choice, site, quiet(choice), new Progress(spec.commandLine().getErr()));
        Measured measured = runner.run();
        String command = "./uring bench " + String.join(" ", arguments);
        Result result =
                new Assembly(choice, site, start, brief ? "short" : "standard", command)
                        .result(measured);
        Path file = file();
        ResultFile.write(result, file);
        Report report = new Report(result);
        spec.commandLine().getOut().println();
        spec.commandLine().getOut().print(markdown ? report.markdown() : report.text());
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().println("\nwritten: " + file);
        return 0;
    }

    private Path file() {
        String folder = save ? "bench/results" : "bench/lab/target/results";
        return root.resolve(folder).resolve(experiment.name() + ".json");
    }

    private Pace pace(Pace normal) {
        return new Pace(
                rounds == null ? normal.rounds() : rounds,
                seconds == null ? normal.sampleSeconds() : seconds,
                warmUp == null ? normal.warmUpSeconds() : warmUp,
                warmUp == null ? normal.settleSeconds() : Math.min(warmUp, normal.settleSeconds()),
                normal.countSeconds());
    }

    /** Steal is never ours, so less of it is borne; discards cost at most a third more time. */
    private Quiet quiet(Choice choice) {
        int samples = choice.pace().rounds() * choice.contestants().size() * choice.points().size();
        int most = repeats == null ? (brief ? 1 : 2) : repeats;
        return new Quiet(otherLoadMax, otherLoadMax / 2, most, 3 + samples / 3, patience);
    }
}
