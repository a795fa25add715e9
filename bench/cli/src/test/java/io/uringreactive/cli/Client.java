// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real client: a program that is installed or the test is skipped, by a reason that CI refuses.
 */
final class Client {
    private static final int SECONDS_MAX = 60;

    static void require(String program, String debianPackage) {
        boolean found =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        Assumptions.assumeTrue(
                found,
                () -> "missing program: %s (Debian package %s)".formatted(program, debianPackage));
    }

    /** Runs {@code command}, with {@code input} as its standard input, to a successful end. */
    static String run(String input, String... command) throws IOException, InterruptedException {
        // A file and not a pipe: a client that does not read all of it cannot block us.
        Path file = Files.writeString(Files.createTempFile("client", ".in"), input);
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(file.toFile())
                        .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), () -> "no end: " + output);
            assertTrue(
                    process.exitValue() == 0,
                    () -> String.join(" ", command) + " failed: " + output);
            return output;
        } finally {
            process.destroyForcibly();
            Files.delete(file);
        }
    }

    private Client() {}
}
