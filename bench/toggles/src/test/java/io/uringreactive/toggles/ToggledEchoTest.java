// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.toggles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

/** Every toggle keeps the promise of an echo, on the running kernel, and does what it is for. */
class ToggledEchoTest {
    private static final int CLIENTS = 10;
    private static final int MESSAGES = 50;

    @ParameterizedTest
    @ValueSource(strings = {"none", "enters", "threads", "map", "interrupts", "all"})
    void shouldSendBackWhatItReceives(String toggles) throws IOException {
        List<Socket> clients = new ArrayList<>();
        try (ToggledEcho echo = new ToggledEcho(0, 1, Toggle.of(toggles))) {
            Disposable serving = echo.serve().subscribe();
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), echo.port());
                client.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
                clients.add(client);
            }
            for (int i = 0; i < MESSAGES; i++) {
                for (Socket client : clients) {
                    client.getOutputStream().write(message(i, client));
                }
                for (Socket client : clients) {
                    byte[] expected = message(i, client);
                    byte[] reply = client.getInputStream().readNBytes(expected.length);
                    assertEquals(new String(expected, UTF_8), new String(reply, UTF_8));
                }
            }
            RingStatus status = Objects.requireNonNull(echo.group().next().status().block());
            if (toggles.equals("enters") || toggles.equals("all")) {
                assertTrue(
                        status.counters().enters() >= status.counters().submitted() - 1,
                        status.counters().toString());
            }
            for (Socket client : clients) {
                client.shutdownOutput();
                assertEquals(-1, client.getInputStream().read());
            }
            serving.dispose();
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static byte[] message(int number, Socket client) {
        return ("message " + number + " from " + client.getLocalPort() + "\n").getBytes(UTF_8);
    }
}
