// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program in a process of its own. */
final class Jvm implements AutoCloseable {
    private static final Pattern STARTED =
            Pattern.compile("Uring started on port (\\d+) \\(http\\)");

    /** Of the tests' class path, what an application has only if it wants it. */
    private static final List<String> REACTOR_NETTY =
            List.of("reactor-netty-http", "spring-boot-reactor-netty");

    private static final List<String> ACTUATOR =
            List.of("actuator", "micrometer-core", "spring-boot-health", "spring-boot-micrometer");

    private final Process process;
    private final BufferedReader out;

    private Jvm(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    /** What the starter brings. */
    static String starter() {
        return without(Stream.concat(REACTOR_NETTY.stream(), ACTUATOR.stream()).toList());
    }

    static String starterAndActuator() {
        return without(REACTOR_NETTY);
    }

    private static String without(List<String> names) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(jar -> names.stream().noneMatch(jar::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Jvm start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(arguments));
        return new Jvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Of the server, when it has started. */
    int port() throws IOException {
        StringBuilder seen = new StringBuilder();
        String line = out.readLine();
        while (line != null) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
            seen.append(line).append('\n');
            line = out.readLine();
        }
        throw new AssertionError("it did not start:\n" + seen);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it says from now until it ends. */
    String rest() {
        return out.lines().collect(Collectors.joining("\n"));
    }

    /** Asks it to end; {@link #rest()} still tells what it says about that. */
    void terminate() {
        // Not process.destroy(), which closes its output.
        assertTrue(process.toHandle().destroy());
    }

    /** When it has ended. */
    int exitValue() throws InterruptedException {
        assertTrue(process.waitFor(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
