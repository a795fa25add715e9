// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.Placement;
import io.uringreactive.RingScheduler;
import io.uringreactive.UringNet;
import io.uringreactive.op.UringScheduler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Connections that one ring has accepted, on their way to another. */
class HandOverTest extends KernelTest {
    private static final int FAR_MORE = 1_000;

    /** Keeps a ring's thread from anything else until it is counted down. */
    private static CountDownLatch holdUp(RingScheduler ring) {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        ring.schedule(
                () -> {
                    entered.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
        Await.until("held up", () -> entered.getCount() == 0);
        return over;
    }

    @Test
    void shouldEmitWhatIsOnItsWayWhenTheListenerStops() {
        assumeAcceptWithoutWaiting();
        RingScheduler busy = group().rings().get(0);
        RingScheduler target = group().rings().get(1);
        List<Connection> taken = Collections.synchronizedList(new ArrayList<>());
        Listener listener =
                Await.get(UringNet.listen(loopback().placement(Placement.LEAST_CONNECTIONS)));
        CountDownLatch completed = new CountDownLatch(1);
        listener.connections().subscribe(taken::add, error -> {}, completed::countDown);
        Await.until("armed", () -> status(busy).inFlight() + status(target).inFlight() == 2);
        UringScheduler.of(busy).countConnection(FAR_MORE);
        CountDownLatch busyGoesOn = holdUp(busy);
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            peers.add(Peer.connect(listener.address()));
        }
        listener.stop().subscribe();
        Await.until("one of two has stopped", () -> status(target).inFlight() == 0);
        CountDownLatch targetGoesOn = holdUp(target);
        busyGoesOn.countDown();
        Await.until("the other has stopped", () -> status(busy).inFlight() == 0);
        targetGoesOn.countDown();
        Await.until("completed", () -> completed.getCount() == 0);
        UringScheduler.of(busy).countConnection(-FAR_MORE);
        assertEquals(peers.size(), taken.size());
        taken.forEach(connection -> connection.sendText("hello").subscribe());
        peers.forEach(peer -> assertEquals("hello", peer.readText(5)));
        taken.forEach(Connection::dispose);
        peers.forEach(Peer::close);
    }
}
