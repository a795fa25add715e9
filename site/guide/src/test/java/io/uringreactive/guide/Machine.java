// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uringreactive.Availability;
import io.uringreactive.UringNet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** What the examples need of the machine that they run on. */
final class Machine {
    /** Until a test gives up. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    /** Skips the test where io_uring is not to be had, with the reason. */
    static void requireUring() {
        Availability availability = UringNet.availability();
        assumeTrue(availability.isAvailable(), availability.explanation());
    }

    /** What a server answers to {@code text}, until it closes or has nothing more to say. */
    static String ask(int port, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private Machine() {}
}
