// SPDX-License-Identifier: Apache-2.0
package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.test.SimulatedKernel;
import io.uringreactive.test.SimulatedPeer;
import io.uringreactive.test.SimulatedServer;
import io.uringreactive.test.TestConnection;
import org.junit.jupiter.api.Test;

class HandlerTest {
    @Test
    void shouldEchoInMemory() {
        TestConnection conn = TestConnection.create();
        conn.handle(c -> c.send(c.receive())).subscribe();
        conn.peer().writePieces("hello", 2);
        conn.peer().shutdownWrite();
        assertEquals("hello", conn.peer().received());
        assertTrue(conn.peer().sawEnd());
        conn.assertNothingLeaked();
    }

    @Test
    void shouldEchoOnASimulatedKernel() {
        try (SimulatedServer server =
                SimulatedServer.start(
                        SimulatedKernel.seeded(1), conn -> conn.send(conn.receive()))) {
            SimulatedPeer peer = server.connect().write("hello");
            server.run(() -> peer.received().equals("hello"));
            server.stop();
        }
    }
}
