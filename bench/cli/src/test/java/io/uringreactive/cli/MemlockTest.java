// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.ring.SystemFacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of an ordinary user, who may lock little memory. */
class MemlockTest {
    private static final int SECONDS_MAX = 30;
    private static final Pattern READY =
            Pattern.compile("ready: echo on 127\\.0\\.0\\.1:(\\d+) .*");
    private static final Pattern KERNEL = Pattern.compile("(\\d+)\\.(\\d+).*");

    @BeforeEach
    void requireLimits() {
        Matcher version = KERNEL.matcher(SystemFacts.read().kernelRelease());
        Assumptions.assumeTrue(
                version.matches()
                        && 100 * Integer.parseInt(version.group(1))
                                        + Integer.parseInt(version.group(2))
                                >= 614,
                "missing kernel feature: rings are charged to RLIMIT_MEMLOCK (Linux 6.14)");
        Client.require("prlimit", "util-linux");
        Client.require("setpriv", "util-linux");
    }

    @Test
    void doctorTellsWhatIsMissing() throws Exception {
        Process doctor = start(64, "doctor");
        String output = new String(doctor.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, end(doctor), output);
        assertTrue(output.contains("\nRLIMIT_MEMLOCK            64 KiB\n"), output);
        assertTrue(output.contains("\n  - raise RLIMIT_MEMLOCK from 64 KiB to "), output);
    }

    /** 16 KiB are too little for any ring, 64 for one with the default number of buffers. */
    @ParameterizedTest
    @ValueSource(ints = {16, 64})
    void serveSaysWhatToRaiseWhereARingHasNoRoom(int kib) throws Exception {
        Process server = serve(kib);
        String output = new String(server.getInputStream().readAllBytes(), UTF_8);
        assertEquals(1, end(server), output);
        assertTrue(output.contains("is limited to " + kib + " KiB per user. Raise"), output);
        assertFalse(output.contains("\tat "), output);
    }

    /** Half the entries of the default ring have room, the rest of the limit is the buffers'. */
    @Test
    void serveWorksWithSmallerRingsAndSaysSo() throws Exception {
        Process server = serve(160);
        List<String> lines = new ArrayList<>();
        BufferedReader output = server.inputReader(UTF_8);
        String line = output.readLine();
        Matcher ready = READY.matcher(String.valueOf(line));
        while (line != null && !ready.matches()) {
            lines.add(line);
            line = output.readLine();
            ready = READY.matcher(String.valueOf(line));
        }
        try {
            assertTrue(line != null, () -> "no line \"ready\": " + lines);
            assertTrue(
                    lines.stream().anyMatch(l -> l.contains("limited to 160 KiB per user")),
                    lines::toString);
            assertEquals("hello", echo(Integer.parseInt(ready.group(1)), "hello"));
        } finally {
            server.destroy();
            assertEquals(143, end(server));
        }
    }

    private static String echo(int port, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS_MAX));
            socket.getOutputStream().write(text.getBytes(UTF_8));
            return new String(socket.getInputStream().readNBytes(text.length()), UTF_8);
        }
    }

    private static Process serve(int kib) throws IOException {
        return start(
                kib,
                "serve",
                "echo",
                "--transport",
                "uring",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--rings",
                "1");
    }

    private static Process start(int kib, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("prlimit", "--memlock=" + 1024 * kib));
        if (Findings.Limits.read().ipcLock()) {
            // The superuser's capability lifts the limit; others have nothing to give up.
            command.addAll(List.of("setpriv", "--bounding-set=-ipc_lock"));
        }
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static int end(Process process) throws InterruptedException {
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end after " + SECONDS_MAX + " s");
        }
        return process.exitValue();
    }
}
