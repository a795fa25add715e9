// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that some tests call. A program that is not installed aborts the test with a message of
 * one form, {@code missing program: X (Debian package Y)}, so that continuous integration can count
 * these aborts and refuse them.
 */
public final class Programs {
    private static final Duration LIMIT = Duration.ofSeconds(Long.getLong("await.seconds", 60));

    /** How a program ended and everything that it wrote. */
    public record Outcome(int exit, String output) {}

    /** Aborts the test unless {@code program} is on the PATH; returns where it is. */
    public static Path require(String program, String debianPackage) {
        return require(program, debianPackage, System.getenv().getOrDefault("PATH", ""));
    }

    static Path require(String program, String debianPackage, String searchPath) {
        return Arrays.stream(searchPath.split(Pattern.quote(":"), -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(
                        () ->
                                Assumptions.abort(
                                        "missing program: %s (Debian package %s)"
                                                .formatted(program, debianPackage)));
    }

    /** The C compiler of this machine. */
    public static Path gcc() {
        return require("gcc", "gcc");
    }

    /** The C compiler for 64-bit ARM; its package brings the kernel's headers as well. */
    public static Path gccArm64() {
        return require("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu");
    }

    /** The {@code java} that runs this test. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Runs a command to its end; standard error comes with the output. */
    public static Outcome run(List<String> command) {
        Path output = null;
        try {
            // A file and not a pipe: a child that writes much can then never block on us.
            output = Files.createTempFile("program", ".out");
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectOutput(output.toFile())
                            .start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + LIMIT + ": " + command);
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, e);
        } finally {
            if (output != null) {
                boolean deleted = output.toFile().delete();
                assert deleted : "the output file is ours: " + output;
            }
        }
    }

    private Programs() {}
}
