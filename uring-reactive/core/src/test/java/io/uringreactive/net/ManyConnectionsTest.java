// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.ListenOptions;
import io.uringreactive.RingScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Many connections at once, held by a process of their own. */
class ManyConnectionsTest extends KernelTest {
    private static final int WANTED = 10_000;
    private static final int OTHER_FILES = 500;

    @Test
    void shouldEchoOnTenThousandConnectionsAtOnce() throws IOException {
        int connections = Math.min(WANTED, filesMax() - OTHER_FILES);
        if (connections < WANTED) {
            System.out.println(
                    "NOTE: only "
                            + connections
                            + " connections, not "
                            + WANTED
                            + ": RLIMIT_NOFILE is lower");
        }
        long mappings = ringMappings();
        try (Server server = Server.echo(ListenOptions.port(0).group(group()));
                ChildJvm client =
                        ChildJvm.start(
                                HoldMain.class,
                                String.valueOf(server.address().getPort()),
                                String.valueOf(connections))) {
            assertEquals("echoed " + connections, client.line());
            assertEquals(connections, live());
            client.tell("close");
            client.line();
            Await.until("all are closed", () -> live() == 0);
        }
        assertEquals(mappings, ringMappings());
    }

    private int live() {
        int live = 0;
        for (RingScheduler ring : group().rings()) {
            live += status(ring).connections();
        }
        return live;
    }

    private static int filesMax() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .mapToInt(line -> Integer.parseInt(line.split("\\s+", -1)[3]))
                .findFirst()
                .orElseThrow();
    }

    private static long ringMappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains("io_uring"))
                .count();
    }
}
