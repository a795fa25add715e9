// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.UringNet;
import io.uringreactive.test.SimulatedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Connections come as they are asked for, and nobody who knocks is forgotten. */
class AcceptSimulationTest {
    private static Publisher<Void> echo(Connection conn) {
        return conn.send(conn.receive());
    }

    private static List<Client> clients(Simulation simulation, int count) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = simulation.randomBytes(simulation.between(1, 1_000));
            clients.add(simulation.client(bytes));
        }
        return clients;
    }

    private static void serveAll(Simulation simulation, List<Client> clients) {
        simulation.kernel.run(() -> clients.stream().allMatch(client -> client.peer.sawEnd()));
        for (Client client : clients) {
            assertFalse(client.peer.wasRefused());
            assertFalse(client.peer.sawReset());
            assertArrayEquals(client.bytes(), client.peer.read());
            client.peer.close();
        }
    }

    @Test
    void shouldServeEverybodyInTheEndWhenFewAreServedAtATime() {
        Seeds.forEach(
                simulation -> {
                    UringNet.accept(simulation.listenOptions())
                            .flatMap(
                                    conn -> conn.handle(AcceptSimulationTest::echo),
                                    simulation.between(1, 3))
                            .subscribe();
                    List<Client> clients = clients(simulation, simulation.between(2, 12));
                    List<Client> open = new ArrayList<>(clients);
                    while (!open.isEmpty()) {
                        Client client = open.get(simulation.random.nextInt(open.size()));
                        client.step();
                        if (client.isDone() && simulation.random.nextInt(4) == 0) {
                            client.peer.shutdownWrite();
                            open.remove(client);
                        }
                        simulation.someSteps();
                    }
                    serveAll(simulation, clients);
                });
    }

    /** Asks for connections when the test does. */
    private static final class Taker extends BaseSubscriber<Connection> {
        final List<Connection> taken = new ArrayList<>();
        private long asked;
        private boolean tooMuch;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // The test requests.
        }

        @Override
        protected void hookOnNext(Connection conn) {
            taken.add(conn);
            tooMuch |= taken.size() > asked;
        }

        void ask(int n) {
            asked += n;
            request(n);
        }
    }

    @Test
    void shouldEmitWhatWasAskedForWhenDemandComesAndGoesAndIsCancelled() {
        Seeds.forEach(
                300,
                Simulation.Network.RELIABLE,
                simulation -> {
                    Taker taker = new Taker();
                    UringNet.accept(simulation.listenOptions()).subscribe(taker);
                    List<Client> clients = new ArrayList<>();
                    int asked = 0;
                    for (int step = simulation.between(1, 30); step > 0; step--) {
                        if (simulation.coin()) {
                            clients.addAll(clients(simulation, simulation.between(1, 3)));
                        }
                        if (simulation.random.nextInt(3) == 0) {
                            int n = simulation.between(1, 3);
                            taker.ask(n);
                            asked += n;
                        }
                        simulation.someSteps();
                    }
                    if (simulation.coin()) {
                        int expected = Math.min(asked, clients.size());
                        simulation.kernel.run(() -> taker.taken.size() == expected);
                    }
                    taker.cancel();
                    assertFalse(taker.tooMuch);
                    int taken = taker.taken.size();
                    simulation.someSteps();
                    assertEquals(taken, taker.taken.size(), "connections after cancel");
                    taker.taken.forEach(simulation::dispose);
                    simulation.kernel.run(
                            () ->
                                    clients.stream()
                                            .map(client -> client.peer)
                                            .allMatch(AcceptSimulationTest::isTurnedAway));
                    simulation.assertIdle();
                });
    }

    private static boolean isTurnedAway(SimulatedPeer peer) {
        return peer.wasRefused() || peer.sawReset() || peer.sawEnd();
    }

    @Test
    void shouldServeTheBacklogWhenItStops() {
        Seeds.forEach(
                300,
                Simulation.Network.RELIABLE,
                simulation -> {
                    List<Listener> listeners = new ArrayList<>();
                    UringNet.listen(simulation.listenOptions()).subscribe(listeners::add);
                    Listener listener = listeners.getFirst();
                    boolean[] completed = {false};
                    listener.serve(AcceptSimulationTest::echo)
                            .subscribe(nothing -> {}, e -> {}, () -> completed[0] = true);
                    // Accepting is armed, or what comes could not be wanted.
                    simulation.kernel.settle();
                    List<Client> clients = clients(simulation, simulation.between(1, 10));
                    simulation.someSteps();
                    List<Client> inTime =
                            clients.stream().filter(client -> client.peer.isConnected()).toList();
                    listener.stop().subscribe();
                    simulation.kernel.run(() -> completed[0]);
                    assertTrue(listener.isDisposed());
                    for (Client client : inTime) {
                        client.sendAll();
                        client.peer.shutdownWrite();
                    }
                    serveAll(simulation, inTime);
                    for (Client client : clients) {
                        client.peer.close();
                    }
                });
    }

    @Test
    void shouldBackOffAndRecoverWhenDescriptorsRunOut() {
        Seeds.forEach(
                simulation -> {
                    List<Listener> listeners = new ArrayList<>();
                    UringNet.listen(simulation.listenOptions()).subscribe(listeners::add);
                    Listener listener = listeners.getFirst();
                    listener.serve(AcceptSimulationTest::echo).subscribe();
                    simulation.kernel.settle();
                    int room = simulation.between(0, 3);
                    simulation.kernel.limitDescriptors(simulation.kernel.openDescriptors() + room);
                    List<Client> clients = clients(simulation, room + simulation.between(1, 8));
                    clients.forEach(Client::sendAll);
                    simulation.kernel.advance(Duration.ofSeconds(30));
                    assertTrue(listener.status().backOffs() > 0);
                    long enters = simulation.enters();
                    simulation.kernel.advance(Duration.ofSeconds(30));
                    // One attempt per second and ring, each of an SQE, its CQE and a timer.
                    long most = 10L * 30 * simulation.rings.rings();
                    assertTrue(simulation.enters() - enters < most, "it spins");
                    if (simulation.coin()) {
                        // Those who are served make room for the others.
                        clients.forEach(client -> client.peer.shutdownWrite());
                    }
                    if (room == 0 || simulation.coin()) {
                        simulation.kernel.limitDescriptors(1_000);
                    }
                    clients.forEach(client -> client.peer.shutdownWrite());
                    serveAll(simulation, clients);
                });
    }

    @Test
    void shouldAbortWhoIsClaimedByNobody() {
        Seeds.forEach(
                simulation -> {
                    Duration limit = Duration.ofSeconds(20);
                    List<Connection> accepted = new ArrayList<>();
                    UringNet.accept(simulation.listenOptions().unclaimedTimeout(limit))
                            .subscribe(accepted::add);
                    List<Client> clients = clients(simulation, simulation.between(1, 4));
                    simulation.kernel.run(() -> accepted.size() == clients.size());
                    long begin = simulation.kernel.nanoTime();
                    Connection used = accepted.getFirst();
                    Reader reader = new Reader();
                    used.receive().subscribe(reader);
                    for (Connection conn : accepted.subList(1, accepted.size())) {
                        simulation.await(conn.onClose());
                        long waited = simulation.kernel.nanoTime() - begin;
                        assertTrue(waited > limit.toNanos() - 1_000_000_000L, "too early");
                        assertTrue(waited < limit.toNanos() + 1_000_000_000L, "too late");
                    }
                    simulation.kernel.advance(limit);
                    simulation.kernel.run(
                            () ->
                                    clients.stream()
                                                    .filter(client -> client.peer.sawReset())
                                                    .count()
                                            == clients.size() - 1);
                    assertFalse(used.isDisposed());
                    simulation.dispose(used);
                    simulation.assertIdle();
                });
    }
}
