// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.UringNet;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Accepting with an SQE for each connection. */
class OneShotAcceptTest extends KernelTest {
    @Test
    void shouldAcceptConnectionAfterConnectionUntilItStops() {
        int count = 200;
        Listener listener = Await.get(UringNet.listen(loopback().multishotAccept(false)));
        Queue<Connection> accepted = new ConcurrentLinkedQueue<>();
        listener.connections().subscribe(accepted::add);
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(Peer.connect(listener.address(), 0));
        }
        Await.until("all accepted", () -> accepted.size() == count);
        Await.done(listener.stop());
        assertEquals(count, accepted.size());
        accepted.forEach(Connection::dispose);
        accepted.forEach(connection -> Await.done(connection.onClose()));
        peers.forEach(Peer::close);
    }
}
