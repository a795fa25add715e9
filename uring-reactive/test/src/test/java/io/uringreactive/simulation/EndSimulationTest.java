// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.test.SimulatedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How connections end: nothing that was sent is lost, and nothing is kept. */
class EndSimulationTest {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(7);

    private static ListenOptions options(Simulation simulation) {
        return simulation
                .listenOptions()
                .connection(
                        ConnectionOptions.defaults()
                                .closeTimeout(CLOSE_TIMEOUT)
                                .windowBytes(1024 << simulation.random.nextInt(4)));
    }

    @Test
    void shouldSendEverythingBeforeTheEndWhenItClosesWithDataQueuedAndInputUnread() {
        Seeds.forEach(
                300,
                Simulation.Network.RELIABLE,
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    Client client = pair.client();
                    client.add(simulation.randomBytes(simulation.between(1, 20_000)));
                    Reader reader = new Reader();
                    if (simulation.coin()) {
                        pair.conn().receive().subscribe(reader);
                        reader.ask(simulation.between(1, 4));
                    }
                    Frames frames = new Frames(0, simulation.random);
                    frames.subscribed(pair.conn().send(frames.publisher()));
                    for (int step = simulation.between(0, 20); step > 0; step--) {
                        frames.emit();
                        client.step();
                        if (!simulation.coin()) {
                            simulation.someSteps();
                        }
                    }
                    frames.complete();
                    pair.conn().close().subscribe();
                    for (int step = simulation.between(0, 20); step > 0; step--) {
                        client.step();
                        simulation.someSteps();
                    }
                    simulation.kernel.run(client.peer::sawEnd);
                    if (simulation.coin()) {
                        client.sendAll();
                    }
                    int[] counts = Frames.parse(client.peer.read(), 1, false);
                    assertEquals(frames.count(), counts[0]);
                    assertTrue(frames.isCompleted());
                    client.peer.close();
                    simulation.await(pair.conn().onClose());
                    assertFalse(client.peer.sawReset(), "reset");
                    frames.assertReleased();
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldEndOnceWhateverEndsFirst() {
        Seeds.forEach(
                400,
                Simulation.Network.FAILING,
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    Connection conn = pair.conn();
                    Client client = pair.client();
                    client.add(simulation.randomBytes(simulation.between(1, 5_000)));
                    Reader reader = new Reader();
                    conn.receive().subscribe(reader);
                    Frames frames = new Frames(0, simulation.random);
                    frames.subscribed(conn.send(frames.publisher()));
                    int[] closed = {0, 0};
                    conn.onClose().subscribe(nothing -> {}, e -> {}, () -> closed[0]++);
                    for (int step = simulation.between(1, 40); step > 0; step--) {
                        switch (15 - simulation.random.nextInt(16)) {
                            case 0 -> conn.close().subscribe(x -> {}, e -> {}, () -> closed[1]++);
                            case 1 -> conn.dispose();
                            case 2 -> client.peer.close();
                            case 3 -> client.peer.reset();
                            case 4 -> client.peer.shutdownWrite();
                            case 5 -> conn.shutdownOutput().subscribe(x -> {}, e -> {});
                            case 6 -> client.peer.pauseReading();
                            case 7 -> client.peer.resumeReading();
                            case 8 -> frames.complete();
                            case 9 -> reader.cancel();
                            case 10, 11 -> reader.ask(simulation.between(1, 3));
                            case 12, 13 -> frames.emit();
                            default -> client.step();
                        }
                        if (!simulation.coin()) {
                            simulation.someSteps();
                        }
                    }
                    conn.close().subscribe();
                    if (simulation.coin()) {
                        simulation.someSteps();
                        client.peer.close();
                    }
                    simulation.await(conn.onClose());
                    simulation.kernel.settle();
                    assertEquals(1, closed[0]);
                    assertTrue(conn.isDisposed());
                    assertFalse(reader.gotTooMuch());
                    frames.emit();
                    frames.complete();
                    simulation.kernel.settle();
                    assertTrue(frames.isCompleted() || frames.error() != null);
                    frames.assertReleased();
                    Frames.parse(client.peer.read(), 1, true);
                    client.peer.close();
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldGoOnReceivingWhenTheOutputIsShutDown() {
        Seeds.forEach(
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    Client client = pair.client();
                    client.add(simulation.randomBytes(simulation.between(1, 8_000)));
                    Reader reader = new Reader();
                    pair.conn().receive().subscribe(reader);
                    List<String> order = new ArrayList<>();
                    String text = "last words ".repeat(simulation.between(1, 300));
                    pair.conn()
                            .sendText(text)
                            .doOnSuccess(nothing -> order.add("sent"))
                            .subscribe();
                    pair.conn()
                            .shutdownOutput()
                            .doOnSuccess(nothing -> order.add("ended"))
                            .subscribe();
                    simulation.kernel.run(client.peer::sawEnd);
                    assertEquals(text, client.peer.received());
                    assertEquals(List.of("sent", "ended"), order);
                    while (!client.isDone()) {
                        client.step();
                        reader.ask(simulation.between(1, 5));
                        simulation.someSteps();
                    }
                    reader.ask(Long.MAX_VALUE);
                    client.peer.close();
                    simulation.kernel.run(reader::isEnded);
                    assertTrue(reader.isCompleted());
                    assertArrayEquals(client.bytes(), reader.received());
                    simulation.await(pair.conn().close());
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldGoOnSendingWhenThePeerHasEndedItsSide() {
        Seeds.forEach(
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    SimulatedPeer peer = pair.client().peer;
                    peer.write("request").shutdownWrite();
                    Reader reader = new Reader();
                    pair.conn().receive().subscribe(reader);
                    reader.ask(Long.MAX_VALUE);
                    simulation.kernel.run(reader::isCompleted);
                    Frames frames = new Frames(0, simulation.random);
                    frames.subscribed(pair.conn().send(frames.publisher()));
                    for (int step = simulation.between(1, 60); step > 0; step--) {
                        frames.emit();
                        simulation.someSteps();
                    }
                    frames.complete();
                    pair.conn().close().subscribe();
                    simulation.kernel.run(peer::sawEnd);
                    assertEquals(frames.count(), Frames.parse(peer.read(), 1, false)[0]);
                    simulation.await(pair.conn().onClose());
                    assertFalse(peer.sawReset());
                    peer.close();
                    simulation.assertIdle();
                });
    }
}
