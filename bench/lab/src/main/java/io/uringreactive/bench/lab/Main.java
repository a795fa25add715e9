// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab;

import io.uringreactive.bench.lab.catalog.Catalog;
import io.uringreactive.bench.lab.plan.Experiment;
import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.report.Report;
import io.uringreactive.bench.lab.result.Result;
import io.uringreactive.bench.lab.result.ResultFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code ./uring bench}: {@code list}, {@code report}, and each experiment under its name. */
@Command(
        name = "./uring bench",
        description = "Measures how this toolkit compares.",
        synopsisSubcommandLabel = "list | report FILE | EXPERIMENT",
        footer = {"", "First steps: ./uring bench list, then ./uring bench http-plaintext --short"})
final class Main implements Runnable {
    /** The repository's root, set by the launcher. */
    static final String ROOT_PROPERTY = "uring.root";

    private final Catalog catalog;

    @Spec private CommandSpec spec = CommandSpec.create();

    private Main(Catalog catalog) {
        this.catalog = catalog;
    }

    public static void main(String[] args) {
        Path root = Path.of(System.getProperty(ROOT_PROPERTY, ".")).toAbsolutePath().normalize();
        System.exit(commandLine(root, args).execute(args));
    }

    static CommandLine commandLine(Path root, String... args) {
        Catalog catalog = new Catalog(root);
        CommandLine line =
                new CommandLine(new Main(catalog)).setExecutionExceptionHandler(Main::explain);
        for (Experiment experiment : catalog.all()) {
            CommandLine measure = new CommandLine(new Measure(experiment, root, List.of(args)));
            measure.getCommandSpec().usageMessage().description(experiment.question());
            line.addSubcommand(experiment.name(), measure);
        }
        // Also for those that were added just now.
        return line.setExecutionExceptionHandler(Main::explain);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "list", description = "Lists the experiments.")
    void list() {
        PrintWriter out = spec.commandLine().getOut();
        for (Experiment experiment : catalog.all()) {
            out.printf(
                    "%-20s %s%n%-20s %d contestants at %d points, about %.0f minutes%n",
                    experiment.name(),
                    experiment.question(),
                    "",
                    experiment.contestants().size(),
                    experiment.points().size(),
                    Math.ceil(experiment.estimatedSeconds() / 60));
        }
        out.flush();
    }

    @Command(name = "report", description = "Prints a result again.")
    void report(
            @Parameters(paramLabel = "FILE", description = "As an experiment wrote it.") Path file,
            @Option(names = "--markdown", description = "As Markdown.") boolean markdown)
            throws IOException {
        Result result = ResultFile.read(file);
        Report report = new Report(result);
        spec.commandLine().getOut().print(markdown ? report.markdown() : report.text());
        spec.commandLine().getOut().flush();
    }

    /** What the reader can help is one message. Anything else is a defect and keeps its trace. */
    private static int explain(Exception error, CommandLine command, ParseResult arguments)
            throws Exception {
        if (!(error instanceof LabException) && !(error instanceof IOException)) {
            throw error;
        }
        command.getErr().println("uring: " + error.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
    }
}
