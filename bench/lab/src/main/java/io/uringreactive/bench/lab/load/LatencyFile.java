// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a load writes latencies to, for as long as they are read. */
final class LatencyFile {
    /** What is done with the file. */
    interface Use {
        LoadResult apply(Path file) throws IOException;
    }

    static LoadResult with(Tool tool, String suffix, Use use) {
        try {
            Path file = Files.createTempFile("uring-bench", suffix);
            try {
                return use.apply(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new LabException(
                    "no file for the latencies of %s: %s".formatted(tool.program(), e), e);
        }
    }

    private LatencyFile() {}
}
