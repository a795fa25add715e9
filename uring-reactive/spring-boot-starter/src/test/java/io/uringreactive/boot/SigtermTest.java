// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM under load: what was begun is finished, and the process is gone in time. */
class SigtermTest {
    private static final int TERMINATED = 143;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int CLIENTS = 20;

    /** With a kernel thread of its own for the rings as well, which must go too. */
    @ParameterizedTest
    @ValueSource(strings = {"0s", "20ms"})
    void shouldFinishEveryResponseThatWasBegun(String pollingIdle) throws Exception {
        try (Jvm jvm =
                Jvm.start(
                        "-cp",
                        Jvm.starter(),
                        Standalone.class.getName(),
                        "--server.uring.polling-idle=" + pollingIdle,
                        "--spring.lifecycle.timeout-per-shutdown-phase="
                                + GRACE.toSeconds()
                                + "s")) {
            int port = jvm.port();
            Asking texts = new Asking(port, "/long");
            Asking pieces = new Asking(port, "/pieces");
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.startVirtualThread(texts));
                clients.add(Thread.startVirtualThread(pieces));
            }
            await(() -> texts.whole.get() > 500 && pieces.begun.get() >= CLIENTS);
            long begin = System.nanoTime();
            jvm.terminate();
            String rest = jvm.rest();
            assertEquals(TERMINATED, jvm.exitValue(), rest);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            assertTrue(took.compareTo(GRACE) < 0, () -> "it took " + took);
            for (Thread client : clients) {
                client.join();
            }
            assertTrue(rest.contains("Graceful shutdown complete"), rest);
            assertFalse(rest.contains("ERROR"), rest);
            assertEquals(texts.begun.get(), texts.whole.get(), "texts");
            assertEquals(pieces.begun.get(), pieces.whole.get(), "pieces");
            assertTrue(pieces.whole.get() >= CLIENTS, "those under way at the signal");
            assertThrows(
                    ConnectException.class,
                    () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
            assertEquals(List.of(), threadsOfTheKernelFor(jvm.pid()));
        }
    }

    @Test
    void shouldSeeTheThreadsOfTheKernel() throws Exception {
        try (Jvm jvm =
                Jvm.start(
                        "-cp",
                        Jvm.starter(),
                        Standalone.class.getName(),
                        "--server.uring.polling-idle=60s")) {
            assertEquals("Hello, World", Client.get(jvm.port(), "/hello").body());
            assertEquals(1, threadsOfTheKernelFor(jvm.pid()).size(), "as many as there should be");
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long end = System.nanoTime() + Client.PATIENCE.toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "the load does not get going");
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Those that poll for its rings are named after the process that opened them. */
    private static List<String> threadsOfTheKernelFor(long pid) throws IOException {
        Path tasks = Path.of("/proc/" + pid + "/task");
        if (!Files.exists(tasks)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(tasks)) {
            return all.map(task -> read(task.resolve("comm")))
                    .filter(name -> name.startsWith("iou-sqp"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
