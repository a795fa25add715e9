// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server with fewer descriptors than clients serves them in turn, and nobody is refused. */
public interface FileLimitContract extends Theme {
    int FILES_MAX = 128;
    int CLIENTS = 180;

    @Test
    default void shouldServeMoreClientsInTurnThanThereAreDescriptors() throws IOException {
        List<RawPeer> waiting = new ArrayList<>();
        try (LimitedServer server = LimitedServer.start(getClass(), FILES_MAX)) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port());
            for (int i = 0; i < CLIENTS; i++) {
                RawPeer peer = RawPeer.connect(address, 0);
                waiting.add(peer);
                peer.write("x");
            }
            long served =
                    stage().settled(
                                    () ->
                                            waiting.stream()
                                                    .filter(p -> !p.text().isEmpty())
                                                    .count());
            assertTrue(served > 0 && served < FILES_MAX, () -> served + " are served");
            int[] answered = new int[1];
            stage().await(
                            () -> answered[0] + " were served, " + waiting.size() + " wait",
                            () -> {
                                waiting.removeIf(
                                        peer -> {
                                            boolean done = !peer.text().isEmpty();
                                            if (done) {
                                                answered[0]++;
                                                peer.close();
                                            }
                                            return done;
                                        });
                                return waiting.isEmpty();
                            });
            assertEquals(CLIENTS, answered[0]);
        } finally {
            waiting.forEach(RawPeer::close);
        }
    }
}
