// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Placement;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which ring an accepted connection lives on. */
class PlacementTest extends KernelTest {
    private static final int RINGS = 4;

    @Override
    RingGroupOptions options(RingGroupOptions defaults) {
        return defaults.rings(RINGS);
    }

    private static List<Integer> load(RingGroup group) {
        return group.rings().stream()
                .map((RingScheduler ring) -> status(ring).connections())
                .toList();
    }

    @Test
    void shouldSpreadConnectionsEvenly() {
        try (Server server = Server.echo(loopback().placement(Placement.LEAST_CONNECTIONS))) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 10 * RINGS; i++) {
                Peer peer = server.connect();
                peer.write("hello");
                assertEquals("hello", peer.readText(5));
                peers.add(peer);
            }
            assertEquals(Collections.nCopies(RINGS, 10), load(group()));
            // The rings that lose theirs get the next ones.
            peers.subList(0, 2 * RINGS).forEach(Peer::close);
            Await.until("closed", () -> sum(load(group())) == 8 * RINGS);
            for (int i = 0; i < 2 * RINGS; i++) {
                Peer peer = server.connect();
                peer.write("again");
                assertEquals("again", peer.readText(5));
                peers.add(peer);
            }
            assertEquals(Collections.nCopies(RINGS, 10), load(group()));
            peers.forEach(Peer::close);
        }
    }

    @Test
    void shouldSpreadABurst() {
        try (Server server = Server.echo(loopback().placement(Placement.LEAST_CONNECTIONS))) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 50 * RINGS; i++) {
                peers.add(server.connect());
            }
            Await.until("all are here", () -> sum(load(group())) == 50 * RINGS);
            List<Integer> load = load(group());
            // Rings that choose at the same moment may choose the same one: by one each at most.
            int spread = Collections.max(load) - Collections.min(load);
            assertTrue(spread <= RINGS, load::toString);
            peers.forEach(Peer::close);
        }
    }

    private static int sum(List<Integer> load) {
        return load.stream().mapToInt(Integer::intValue).sum();
    }
}
