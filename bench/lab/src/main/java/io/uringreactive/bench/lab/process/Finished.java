// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a program that has ended said, and with which status it did. */
public record Finished(List<String> command, int status, String out, String err) {
    /** Runs it to its end. */
    public static Finished of(List<String> command) {
        return of(command, line -> {});
    }

    /** The same; {@code lines} sees each line of its output as it comes, on the calling thread. */
    public static Finished of(List<String> command, Consumer<String> lines) {
        @Nullable Path err = null;
        @Nullable Process process = null;
        try {
            err = Files.createTempFile("uring-bench", ".err");
            process = Children.start(new ProcessBuilder(command).redirectError(err.toFile()));
            process.getOutputStream().close();
            StringBuilder out = new StringBuilder();
            try (BufferedReader reader = process.inputReader(UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    out.append(line).append('\n');
                    lines.accept(line);
                }
            }
            int status = process.waitFor();
            return new Finished(command, status, out.toString(), Files.readString(err));
        } catch (IOException e) {
            throw new LabException("cannot run " + String.join(" ", command) + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        } finally {
            if (process != null) {
                Children.end(process);
            }
            delete(err);
        }
    }

    /** This, if its status is 0; otherwise a failure with all that it said. */
    public Finished orFail() {
        if (status != 0) {
            throw failure("ended with status " + status);
        }
        return this;
    }

    public LabException failure(String what) {
        return new LabException(String.join(" ", command) + " " + what + ":\n" + out + err);
    }

    private static void delete(@Nullable Path file) {
        if (file != null && !file.toFile().delete()) {
            file.toFile().deleteOnExit();
        }
    }
}
