// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.bench.lab.plan.Point;
import io.uringreactive.bench.lab.process.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StreamLoadTest {
    private static final int BYTES = 200_001;

    @Test
    void shouldAcceptExactlyWhatIsWanted() throws IOException, InterruptedException {
        byte[] right = stream(BYTES);
        assertDoesNotThrow(() -> check(right));

        byte[] wrong = stream(BYTES);
        wrong[100_000]++;
        LabException other = assertThrows(LabException.class, () -> check(wrong));
        assertTrue(other.toString().contains("byte 100,000 is not"), other.toString());
    }

    @Test
    void shouldRefuseAnotherLength() {
        assertThrows(LabException.class, () -> check(stream(BYTES - 1)));
        assertThrows(LabException.class, () -> check(stream(BYTES + 1)));
    }

    private static byte[] stream(int bytes) {
        byte[] stream = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            stream[i] = StreamLoad.wanted(i);
        }
        return stream;
    }

    /** Of a server that sends this whatever it is asked for. */
    private static void check(byte[] stream) throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread serving = Thread.ofPlatform().start(() -> serve(server, stream));
            try {
                new StreamLoad(Path.of("stream_load"), 1, 1)
                        .check(new Target("one", server.getLocalPort()), Point.connections(1));
            } finally {
                serving.join();
            }
        }
    }

    private static void serve(ServerSocket server, byte[] stream) {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            while (in.read() != '\n') {
                // the line
            }
            socket.getOutputStream().write(stream);
        } catch (IOException e) {
            // The client has seen enough.
        }
    }
}
