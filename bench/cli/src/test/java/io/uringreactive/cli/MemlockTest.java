// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.ring.SystemFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of an ordinary user, who may lock little memory. */
class MemlockTest {
    private static final List<String> NATIVE = List.of("--enable-native-access=ALL-UNNAMED");
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
        Process doctor = ServerProcess.run(limited(64), NATIVE, List.of("doctor"));
        String output = new String(doctor.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, ServerProcess.end(doctor), output);
        assertTrue(output.contains("\nRLIMIT_MEMLOCK            64 KiB\n"), output);
        assertTrue(output.contains("\n  - raise RLIMIT_MEMLOCK from 64 KiB to "), output);
    }

    /** 16 KiB are too little for any ring, 64 for one with the default number of buffers. */
    @ParameterizedTest
    @ValueSource(ints = {16, 64})
    void serveSaysWhatToRaiseWhereARingHasNoRoom(int kib) throws Exception {
        List<String> arguments = List.of("serve", "echo", "--transport", "uring", "--port", "0");
        Process server = ServerProcess.run(limited(kib), NATIVE, arguments);
        String output = new String(server.getInputStream().readAllBytes(), UTF_8);
        assertEquals(1, ServerProcess.end(server), output);
        assertTrue(output.contains("is limited to " + kib + " KiB per user. Raise"), output);
        assertFalse(output.contains("\tat "), output);
    }

    /** Half the entries of the default ring have room, the rest of the limit is the buffers'. */
    @Test
    void serveWorksWithSmallerRingsAndSaysSo() throws Exception {
        try (ServerProcess server =
                ServerProcess.start(limited(160), NATIVE, "--transport", "uring")) {
            assertTrue(server.before().contains("limited to 160 KiB per user"), server::before);
            assertEquals("hello", server.echo("hello"));
        }
    }

    private static List<String> limited(int kib) {
        List<String> prefix = new ArrayList<>(List.of("prlimit", "--memlock=" + 1024 * kib));
        if (Findings.Limits.read().ipcLock()) {
            // The superuser's capability lifts the limit; others have nothing to give up.
            prefix.addAll(List.of("setpriv", "--bounding-set=-ipc_lock"));
        }
        return prefix;
    }
}
