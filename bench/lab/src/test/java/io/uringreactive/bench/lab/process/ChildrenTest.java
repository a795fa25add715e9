// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildrenTest {
    /** Starts a shell that has a child, says its id, and waits. */
    static final class Parent {
        public static void main(String[] args) throws Exception {
            Process shell = Children.start(new ProcessBuilder("sh", "-c", "sleep 1000 & wait"));
            while (shell.children().findAny().isEmpty()) {
                Thread.onSpinWait();
            }
            System.out.println(
                    shell.pid() + " " + shell.children().findFirst().orElseThrow().pid());
            shell.waitFor();
        }
    }

    @Test
    void shouldEndChildrenAndTheirsWhenTheLabIsEnded() throws Exception {
        Process lab =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            String[] pids = lab.inputReader(UTF_8).readLine().split(" ", -1);
            assertEquals(2, pids.length);
            lab.destroy(); // SIGTERM; SIGINT of Ctrl-C runs the same hooks
            assertTrue(lab.waitFor(30, TimeUnit.SECONDS));
            for (String pid : pids) {
                assertFalse(
                        ProcessHandle.of(Long.parseLong(pid))
                                .map(ProcessHandle::isAlive)
                                .orElse(false),
                        pid);
            }
        } finally {
            lab.destroyForcibly();
        }
    }

    @Test
    void shouldNameWhatIsMissingAndItsPackage() {
        Tool mars = new Tool("cc-of-mars", "gcc-mars", "-v");
        Tool venus = new Tool("cc-of-venus", "gcc-venus", "-v");
        LabException missing =
                assertThrows(
                        LabException.class,
                        () -> Tool.require(List.of(mars, new Tool("sh", "dash", "-v"), venus)));
        assertEquals(
                "missing program: cc-of-mars (Debian package gcc-mars)\n"
                        + "missing program: cc-of-venus (Debian package gcc-venus)\n"
                        + "on Debian: apt-get install gcc-mars gcc-venus",
                missing.getMessage());
    }

    @Test
    void shouldKeepWhatAProgramSaidThatFailed() throws IOException {
        Finished finished = Finished.of(List.of("sh", "-c", "echo out; echo err >&2; exit 3"));
        assertEquals(3, finished.status());
        LabException failure = assertThrows(LabException.class, finished::orFail);
        assertTrue(failure.toString().contains("status 3:\nout\nerr\n"), failure.toString());
    }
}
