// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder with one for each contestant; closing removes it. */
final class Workplace implements AutoCloseable {
    /** What the servers that can send a file send. */
    private static final byte[] ANY_FILE = new byte[1 << 20];

    private final Path folder;
    private final Thread atExit = new Thread(this::remove, "remove-workplace");

    Workplace() {
        try {
            folder = Files.createTempDirectory(Site.FOLDER);
        } catch (IOException e) {
            throw new LabException("no temporary folder: " + e, e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path folder() {
        return folder;
    }

    /** That of one contestant, empty but for a file of 1 MiB named {@code file}. */
    Path folder(Contestant contestant) {
        try {
            Path own = Files.createDirectories(folder.resolve(contestant.name()));
            Files.write(own.resolve("file"), ANY_FILE);
            return own;
        } catch (IOException e) {
            throw new LabException("no folder for " + contestant.title() + ": " + e, e);
        }
    }

    private void remove() {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("uring: left behind: " + folder + ": " + e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the hook runs already
        }
        remove();
    }
}
