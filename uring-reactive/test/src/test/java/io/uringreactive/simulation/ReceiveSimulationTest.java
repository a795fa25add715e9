// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.RingGroup;
import io.uringreactive.RingStatus;
import io.uringreactive.SocketOptions;
import io.uringreactive.UringNet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a subscriber gets from receive(), and how much is held for it meanwhile. */
class ReceiveSimulationTest {
    /** The least that a socket takes, so that it is known. */
    private static final int SOCKET_BYTES = 2048;

    private static ListenOptions withWindow(Simulation simulation, int windowBytes) {
        return simulation
                .listenOptions()
                .socket(SocketOptions.defaults().receiveBufferBytes(SOCKET_BYTES))
                .connection(ConnectionOptions.defaults().windowBytes(windowBytes));
    }

    @Test
    void shouldDeliverInOrderAndWithinTheWindowWhenDemandComesInFits() {
        Seeds.forEach(
                simulation -> {
                    int windowBytes = 1024 << simulation.random.nextInt(4);
                    int heldMax = SOCKET_BYTES + windowBytes + simulation.rings.bufferBytes();
                    Simulation.Pair pair = simulation.pair(withWindow(simulation, windowBytes));
                    Client client = pair.client();
                    client.add(simulation.randomBytes(simulation.between(1, 20_000)));
                    Reader reader = new Reader();
                    pair.conn().receive().subscribe(reader);
                    Runnable check =
                            () -> {
                                int held = client.arrived() - reader.bytesReceived();
                                assertTrue(held <= heldMax, held + " bytes held of " + heldMax);
                            };
                    while (reader.bytesReceived() < client.bytes().length) {
                        simulation.expectProgress();
                        client.step();
                        if (simulation.random.nextInt(3) < 2) {
                            simulation.pass(20, check);
                        }
                        if (!simulation.coin()) {
                            reader.ask(simulation.between(1, 6));
                        }
                    }
                    client.peer.shutdownWrite();
                    simulation.kernel.run(reader::isEnded);
                    assertTrue(reader.isCompleted());
                    assertFalse(reader.gotTooMuch());
                    assertArrayEquals(client.bytes(), reader.received());
                    client.peer.close();
                    simulation.await(pair.conn().close());
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldFillTheWindowAndNotMoreWhenNothingIsRequestedAnyMore() {
        Seeds.forEach(
                simulation -> {
                    int windowBytes = 1024 << simulation.random.nextInt(4);
                    Simulation.Pair pair = simulation.pair(withWindow(simulation, windowBytes));
                    Client client = pair.client();
                    client.add(simulation.randomBytes(30_000));
                    Reader reader = new Reader();
                    pair.conn().receive().subscribe(reader);
                    reader.ask(1);
                    client.sendAll();
                    simulation.kernel.advance(Duration.ofMinutes(10));
                    int held = client.arrived() - reader.bytesReceived();
                    assertTrue(held >= SOCKET_BYTES + windowBytes / 2, "only " + held + " held");
                    assertTrue(
                            held <= SOCKET_BYTES + windowBytes + simulation.rings.bufferBytes(),
                            held + " held");
                    // No wake-up is lost: each single request gets its buffer.
                    while (!reader.isEnded()) {
                        simulation.expectProgress();
                        reader.ask(1);
                        if (reader.bytesReceived() == client.bytes().length) {
                            client.peer.shutdownWrite();
                        }
                        simulation.kernel.run(reader::isSatisfied);
                        if (simulation.random.nextInt(10) == 0) {
                            simulation.kernel.advance(Duration.ofMinutes(1));
                        }
                    }
                    assertArrayEquals(client.bytes(), reader.received());
                    client.peer.close();
                    simulation.dispose(pair.conn());
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldGoOnSendingWhenTheReceiveIsCancelled() {
        Seeds.forEach(
                simulation -> {
                    Simulation.Pair pair = simulation.pair(withWindow(simulation, 1024));
                    Client client = pair.client();
                    client.add(simulation.randomBytes(simulation.between(1, 10_000)));
                    Reader reader = new Reader();
                    if (simulation.coin()) {
                        reader.cancellingAfter(simulation.between(1, 5));
                    }
                    pair.conn().receive().subscribe(reader);
                    for (int i = simulation.between(0, 10); i > 0; i--) {
                        client.step();
                        reader.ask(simulation.between(1, 3));
                        simulation.someSteps();
                    }
                    reader.cancel();
                    long got = reader.buffers();
                    if (simulation.coin()) {
                        simulation.letGo();
                        for (RingStatus status : simulation.statuses()) {
                            assertEquals(0, status.buffersOut(), "buffers that nobody gets");
                        }
                    }
                    Reader second = new Reader();
                    pair.conn().receive().subscribe(second);
                    String answer = "answer ".repeat(simulation.between(1, 1_000));
                    simulation.await(pair.conn().sendText(answer));
                    client.sendAll();
                    pair.conn().close().subscribe();
                    simulation.kernel.run(client.peer::sawEnd);
                    assertEquals(answer, client.peer.received());
                    assertFalse(client.peer.sawReset());
                    client.peer.close();
                    simulation.await(pair.conn().onClose());
                    assertEquals(got, reader.buffers(), "signals after cancel");
                    assertFalse(reader.isEnded());
                    assertInstanceOf(IllegalStateException.class, second.error());
                    byte[] read = reader.received();
                    assertArrayEquals(Arrays.copyOf(client.bytes(), read.length), read);
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldServeEverybodyWhenBuffersAreFew() {
        Seeds.forEach(
                simulation -> {
                    RingGroup tiny =
                            simulation.another(
                                    options ->
                                            options.rings(1)
                                                    .buffers(
                                                            1 << simulation.random.nextInt(3), 64));
                    UringNet.serve(
                                    simulation.listenOptions().group(tiny),
                                    conn -> conn.send(conn.receive()))
                            .subscribe();
                    List<Client> clients = new ArrayList<>();
                    for (int i = simulation.between(2, 10); i > 0; i--) {
                        clients.add(
                                simulation.client(
                                        simulation.randomBytes(simulation.between(1, 1_500))));
                    }
                    while (!clients.stream().allMatch(Client::isDone)) {
                        clients.forEach(Client::step);
                        simulation.someSteps();
                    }
                    clients.forEach(client -> client.peer.shutdownWrite());
                    simulation.kernel.run(
                            () -> clients.stream().allMatch(client -> client.peer.sawEnd()));
                    for (Client client : clients) {
                        assertArrayEquals(client.bytes(), client.peer.read());
                        client.peer.close();
                    }
                });
    }

    @Test
    void shouldStallNobodyWhenConsumersKeepTheirBuffers() {
        Seeds.forEach(
                simulation -> {
                    List<Connection> accepted = new ArrayList<>();
                    UringNet.accept(withWindow(simulation, 2048)).subscribe(accepted::add);
                    List<Client> clients = new ArrayList<>();
                    List<Reader> readers = new ArrayList<>();
                    for (int i = simulation.between(2, 5); i > 0; i--) {
                        Client client = simulation.client(simulation.randomBytes(4_000));
                        clients.add(client);
                        // One after the other, to know whose connection it is.
                        simulation.kernel.run(() -> accepted.size() == clients.size());
                        Reader reader = i % 2 == 0 ? new Reader().keeping() : new Reader();
                        accepted.getLast().receive().subscribe(reader);
                        reader.ask(simulation.coin() ? Long.MAX_VALUE : 1_000_000);
                        readers.add(reader);
                    }
                    while (!clients.stream().allMatch(Client::isDone)) {
                        clients.forEach(Client::step);
                        simulation.someSteps();
                        if (simulation.random.nextInt(8) == 0) {
                            readers.forEach(reader -> assertTrue(reader.releaseKept()));
                        }
                    }
                    clients.forEach(client -> client.peer.shutdownWrite());
                    simulation.kernel.run(() -> readers.stream().allMatch(Reader::isEnded));
                    for (int i = 0; i < readers.size(); i++) {
                        assertArrayEquals(clients.get(i).bytes(), readers.get(i).received());
                        assertTrue(readers.get(i).releaseKept(), "a kept buffer has changed");
                        clients.get(i).peer.close();
                    }
                    accepted.forEach(conn -> simulation.await(conn.close()));
                    simulation.assertIdle();
                });
    }
}
