// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.TransportErrors;
import io.uringreactive.TransportException;
import io.uringreactive.sys.abi.Errno;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an application prints that does not start: what is wrong and what to do, and no stack. */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTest {
    private static void shouldSay(
            CapturedOutput output, String property, String description, String action) {
        assertThrows(
                RuntimeException.class, () -> SpringApplication.run(Greetings.class, property));
        String out = output.getOut();
        assertTrue(out.contains("APPLICATION FAILED TO START"), out);
        assertTrue(out.contains("Description:\n\n" + description), out);
        assertTrue(out.contains("Action:\n\n" + action), out);
        assertFalse(out.contains("\tat io.uringreactive"), out);
    }

    @Test
    void shouldExplainAnAddressOfAnotherMachine(CapturedOutput output) {
        shouldSay(
                output,
                "--server.address=192.0.2.1",
                "The web server cannot listen: bind /192.0.2.1:0: not an address of this machine",
                "Set server.address to an address of this machine");
    }

    @Test
    void shouldLeaveAPortInUseToSpringBoot(CapturedOutput output) throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            shouldSay(
                    output,
                    "--server.port=" + other.getLocalPort(),
                    "Web server failed to start. Port " + other.getLocalPort() + " was already",
                    "Identify and stop the process");
        }
    }

    @Test
    void shouldExplainWhatTheServerDoesNotHave(CapturedOutput output) {
        shouldSay(
                output,
                "--server.http2.enabled=true",
                "server.http2.enabled is true",
                "Remove server.http2.enabled");
    }

    /** By its number: who runs the tests may be allowed to. */
    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"EACCES", "EPERM"})
    void shouldExplainAPortThatIsNotAllowed(Errno errno) {
        TransportException forbidden =
                TransportErrors.of(
                        TransportErrors.Family.BIND,
                        "bind",
                        -errno.number(),
                        new InetSocketAddress("127.0.0.1", 80));
        FailureAnalysis analysis =
                new BindFailedFailureAnalyzer()
                        .analyze(new IllegalStateException("start", forbidden));
        assertNotNull(analysis);
        assertTrue(analysis.getDescription().contains("bind /127.0.0.1:80: not allowed"));
        assertTrue(String.valueOf(analysis.getAction()).contains("CAP_NET_BIND_SERVICE"));
    }
}
