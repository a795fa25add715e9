// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server with fewer descriptors than clients: it backs off, and serves everybody in the end. */
class FileLimitTest {
    private static final int FILES_MAX = 100;
    private static final int CLIENTS = 130;

    @TempDir private Path directory;

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldRecoverWhenDescriptorsRunOut(String name) throws Exception {
        Path log = directory.resolve("log");
        Process server =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -n " + FILES_MAX + " && exec \"$0\" \"$@\"",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dreactor.logging.fallback=JDK",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FileLimitMain.class.getName(),
                                name)
                        .redirectError(log.toFile())
                        .start();
        Deque<Socket> clients = new ArrayDeque<>();
        try {
            int port = Integer.parseInt(server.inputReader(StandardCharsets.UTF_8).readLine());
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = new Socket("127.0.0.1", port);
                client.setSoTimeout(300);
                client.getOutputStream().write(i);
                clients.add(client);
            }
            boolean backsOff = false;
            for (int tries = 0; !backsOff && tries < 300; tries++) {
                assertFalse(server.waitFor(100, TimeUnit.MILLISECONDS), "the server has ended");
                backsOff = Files.readString(log, StandardCharsets.UTF_8).contains("backs off");
            }
            assertTrue(backsOff, Files.readString(log, StandardCharsets.UTF_8));
            // Whoever is answered leaves; who is not goes to the end of the line.
            for (int tries = 0; !clients.isEmpty() && tries < 10 * CLIENTS; tries++) {
                Socket client = clients.remove();
                if (isAnswered(client)) {
                    client.close();
                } else {
                    clients.add(client);
                }
            }
            assertEquals(0, clients.size(), "never served");
        } finally {
            for (Socket client : clients) {
                client.close();
            }
            server.outputWriter().close();
            assertTrue(server.waitFor(60, TimeUnit.SECONDS), "the server does not end");
        }
    }

    private static boolean isAnswered(Socket client) throws IOException {
        try {
            return client.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
