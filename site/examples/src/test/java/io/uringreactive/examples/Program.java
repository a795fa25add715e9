// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program that is installed, or the test is skipped by a reason that CI refuses. */
final class Program {
    private static final int SECONDS_MAX = 60;

    static void require(String program, String debianPackage) {
        boolean found =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        Assumptions.assumeTrue(
                found,
                () -> "missing program: %s (Debian package %s)".formatted(program, debianPackage));
    }

    /** Runs {@code command} to a successful end; what it wrote. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), () -> "no end: " + output);
            assertEquals(0, process.exitValue(), () -> String.join(" ", command) + ": " + output);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private Program() {}
}
