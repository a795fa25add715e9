// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An application in a process of its own, with no more than the starter brings. */
class ProcessTest {
    private static final Pattern STARTED =
            Pattern.compile("Uring started on port (\\d+) \\(http\\)");
    private static final List<String> LEFT_OUT =
            List.of("actuator", "micrometer-core", "spring-boot-health", "reactor-netty-http");
    private static final int TERMINATED = 143;

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(jar -> LEFT_OUT.stream().noneMatch(jar::contains))
                .filter(jar -> !jar.contains("spring-boot-reactor-netty"))
                .filter(jar -> !jar.contains("spring-boot-micrometer"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void shouldServeUntilItIsTerminated() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath(),
                                Standalone.class.getName())
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader out = process.inputReader()) {
            int port = port(out);
            assertEquals("Hello, World", Client.get(port, "/hello").body());
            assertTrue(process.isAlive(), "main has returned, and the server goes on");
            // Not process.destroy(), which closes its output.
            assertTrue(process.toHandle().destroy());
            String rest = out.lines().collect(Collectors.joining("\n"));
            assertTrue(rest.contains("Graceful shutdown complete"), rest);
            assertFalse(rest.contains("ERROR"), rest);
            assertTrue(process.waitFor(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertEquals(TERMINATED, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static int port(BufferedReader out) throws IOException {
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
}
