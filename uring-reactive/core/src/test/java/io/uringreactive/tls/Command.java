// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** A program that runs beside a test; what it writes goes to a file, so that it never blocks. */
final class Command implements AutoCloseable {
    private static final int SECONDS_MAX = 60;

    private final Process process;
    private final Path output;

    private Command(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Aborts the test unless {@code program} is on the PATH. */
    static void require(String program, String debianPackage) {
        boolean found =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        Assumptions.assumeTrue(
                found,
                () -> "missing program: %s (Debian package %s)".formatted(program, debianPackage));
    }

    static Command start(List<String> command) {
        try {
            Path output = Files.createTempFile("command", ".out");
            return new Command(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start(),
                    output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code command} to a successful end; returns what it wrote. */
    static String run(List<String> command) {
        try (Command running = start(command)) {
            running.type("");
            running.process.getOutputStream().close();
            if (running.end() != 0) {
                throw new AssertionError(command + " failed: " + running.output());
            }
            return running.output();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code text} to its standard input. */
    void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("it has ended: " + output(), e);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitOutput(String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!output().contains(text)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("never wrote " + text + ": " + output());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Waits for its end; its exit status. */
    int end() {
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("no end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.delete(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
