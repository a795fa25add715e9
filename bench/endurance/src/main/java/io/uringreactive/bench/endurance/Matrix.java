// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every valid combination of options, one after the other. */
@Command(
        name = "matrix",
        description = "Serves requests under every valid combination of options, one by one.")
final class Matrix implements Callable<Integer> {
    private static final String HEAD =
            "combination\trequests\tconnections\tseconds\t"
                    + "requests a second\tcopied\tstarved\toverflows\tresult";

    @Option(
            names = "--requests",
            description = "requests of the full stack and of those without SQPOLL; others: a tenth",
            defaultValue = "1000000")
    private long requests;

    @Option(names = "--pairwise", description = "few that have every pair of values once")
    private boolean pairwise;

    @Option(names = "--only", description = "those whose name has this in it")
    private String only = "";

    @Option(names = "--save", description = "a file for the table, beside the terminal")
    private @Nullable Path save;

    private final PrintStream out;

    Matrix(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Combination> combinations =
                (pairwise ? Combination.pairwise() : Combination.all())
                        .stream().filter(it -> it.toString().contains(only)).toList();
        Trial.warmUp();
        List<String> table = new ArrayList<>(List.of(HEAD));
        out.println(HEAD);
        int failed = 0;
        for (Combination combination : combinations) {
            Trial.Outcome outcome = new Trial(combination, combination.share(requests)).run();
            table.add(row(outcome));
            out.println(row(outcome));
            if (outcome.failure() != null) {
                out.println(outcome.failure());
                failed++;
            }
        }
        if (save != null) {
            Files.write(save, table);
        }
        out.printf("%d combinations, %d failed%n", combinations.size(), failed);
        return failed == 0 ? 0 : 1;
    }

    private static String row(Trial.Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "%s\t%d\t%d\t%.1f\t%.0f\t%d\t%d\t%d\t%s",
                outcome.combination(),
                outcome.requests(),
                outcome.connections(),
                outcome.seconds(),
                outcome.requests() / outcome.seconds(),
                outcome.copied(),
                outcome.starved(),
                outcome.overflows(),
                outcome.failure() == null ? "ok" : "FAILED");
    }
}
