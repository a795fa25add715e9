// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VethHostsTest {
    /** Makes them, says so, and waits. */
    static final class Lab {
        public static void main(String[] args) throws Exception {
            try (VethHosts hosts = new VethHosts()) {
                System.out.println(hosts.serverPrefix());
                Thread.currentThread().join();
            }
        }
    }

    private static VethHosts hosts() {
        try {
            return new VethHosts();
        } catch (LabException e) {
            assumeTrue(false, "no two network namespaces here: " + e.getMessage());
            throw e;
        }
    }

    @Test
    void shouldReachTheServersHostFromTheLoadsAndNothingElse() {
        Path server;
        try (VethHosts hosts = hosts()) {
            server = name(hosts.serverPrefix());
            assertTrue(Files.exists(server), server.toString());
            // No server there: a host that is reached refuses.
            List<String> connect = new ArrayList<>(hosts.loadPrefix());
            connect.addAll(List.of("bash", "-c", "exec 3<>/dev/tcp/" + hosts.host() + "/9"));
            String refused = Finished.of(connect).err();
            assertTrue(refused.contains("Connection refused"), refused);
            List<String> routes = new ArrayList<>(hosts.loadPrefix());
            routes.addAll(List.of("ip", "-o", "route"));
            String all = Finished.of(routes).orFail().out();
            assertEquals(1, all.lines().count(), all);
            assertTrue(all.startsWith("198.18.0.0/30 dev veth0 "), all);
        }
        assertFalse(Files.exists(server), server.toString());
    }

    @Test
    void shouldBeRemovedWhenTheLabIsEnded() throws IOException, InterruptedException {
        hosts().close();
        Process lab =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Lab.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            String said = lab.inputReader(UTF_8).readLine();
            String pid = Long.toString(lab.pid());
            assertTrue(said.contains("uring-bench-" + pid + "-server"), said);
            lab.destroy(); // SIGTERM; SIGINT of Ctrl-C runs the same hooks
            assertTrue(lab.waitFor(30, TimeUnit.SECONDS));
            assertFalse(Files.exists(Path.of("/run/netns/uring-bench-" + pid + "-server")));
            assertFalse(Files.exists(Path.of("/run/netns/uring-bench-" + pid + "-load")));
        } finally {
            lab.destroyForcibly();
        }
    }

    @Test
    void shouldKnowWhatARunLeftBehindThatIsGone() {
        long self = ProcessHandle.current().pid();
        assertFalse(VethHosts.isLeftBehind("uring-bench-" + self + "-server"));
        assertTrue(VethHosts.isLeftBehind("uring-bench-" + Long.MAX_VALUE + "-load"));
        assertFalse(VethHosts.isLeftBehind("uring-bench-x-server"));
        assertFalse(VethHosts.isLeftBehind("another"));
    }

    @Test
    void shouldPlanAnAddressOnEachSide() {
        List<List<String>> steps = VethHosts.steps("s", "l");
        assertTrue(steps.contains(List.of("ip", "netns", "add", "s")));
        assertTrue(steps.contains(List.of("ip", "netns", "add", "l")));
        assertTrue(
                steps.contains(
                        List.of(
                                "ip",
                                "-n",
                                "s",
                                "address",
                                "add",
                                "198.18.0.1/30",
                                "dev",
                                "veth0")));
        assertTrue(
                steps.contains(
                        List.of(
                                "ip",
                                "-n",
                                "l",
                                "address",
                                "add",
                                "198.18.0.2/30",
                                "dev",
                                "veth0")));
    }

    private static Path name(List<String> prefix) {
        return Path.of(prefix.getLast().substring("--net=".length()));
    }
}
