// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.proc.Cores;
import io.uringreactive.bench.lab.process.Finished;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where load generators run: on their cores, below a prefix, which is that of a program that counts
 * for as long as they run or nothing.
 */
public record LoadHost(Cores cores, List<String> prefix) {
    public LoadHost(Cores cores) {
        this(cores, List.of());
    }

    Finished run(List<String> command, Consumer<String> lines) {
        List<String> all = new ArrayList<>(List.of("taskset", "-c", cores.toString()));
        all.addAll(prefix);
        all.addAll(command);
        return Finished.of(all, lines);
    }

    /** With the window around the whole program. */
    Finished run(List<String> command, Window window) {
        window.begin();
        Finished finished = run(command, line -> {});
        window.end();
        return finished;
    }

    /** With the window that the program itself announces, by the lines MEASURE and DONE. */
    Finished runWithin(List<String> command, Window window) {
        return run(
                command,
                line -> {
                    switch (line) {
                        case "MEASURE" -> window.begin();
                        case "DONE" -> window.end();
                        default -> {} // the figures
                    }
                });
    }
}
