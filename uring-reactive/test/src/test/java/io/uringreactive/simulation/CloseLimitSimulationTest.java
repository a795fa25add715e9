// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.test.SimulatedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The limits of a graceful close: who is waited for, and who is reset. */
class CloseLimitSimulationTest {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(7);

    private static ListenOptions options(Simulation simulation) {
        return simulation
                .listenOptions()
                .connection(ConnectionOptions.defaults().closeTimeout(CLOSE_TIMEOUT));
    }

    private Frames plenty(Simulation simulation, Simulation.Pair pair) {
        // That it is more than the sockets hold is no choice: their sizes are not among them.
        Frames frames = new Frames(0, new Random(simulation.kernel.seed()));
        frames.subscribed(pair.conn().send(frames.publisher()));
        for (int i = 0; i < 2_000; i++) {
            frames.emit();
        }
        return frames;
    }

    /** How long the close takes, in nanoseconds. */
    private static long close(Simulation simulation, Simulation.Pair pair) {
        long begin = simulation.kernel.nanoTime();
        simulation.await(pair.conn().close());
        return simulation.kernel.nanoTime() - begin;
    }

    private static void assertWithin(long nanos, int from, int to) {
        assertTrue(nanos >= from * CLOSE_TIMEOUT.toNanos(), "closed after " + nanos);
        assertTrue(nanos < to * CLOSE_TIMEOUT.toNanos() + 1_000_000_000L, "closed after " + nanos);
    }

    @Test
    void shouldNotResetAPeerThatOnlyDoesNotEnd() {
        Seeds.forEach(
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    SimulatedPeer peer = pair.client().peer;
                    Frames frames = plenty(simulation, pair);
                    frames.complete();
                    simulation.someSteps();
                    assertWithin(close(simulation, pair), 1, 2);
                    simulation.kernel.run(peer::sawEnd);
                    assertFalse(peer.sawReset());
                    assertEquals(frames.count(), Frames.parse(peer.read(), 1, false)[0]);
                    frames.assertReleased();
                    peer.close();
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldResetAPeerThatTakesNothingWhenItsTimeIsOver() {
        Seeds.forEach(
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    SimulatedPeer peer = pair.client().peer;
                    peer.pauseReading();
                    Frames frames = plenty(simulation, pair);
                    frames.complete();
                    simulation.someSteps();
                    assertWithin(close(simulation, pair), 1, 2);
                    simulation.kernel.run(peer::sawReset);
                    frames.assertReleased();
                    assertFalse(frames.isCompleted());
                    peer.close();
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldWaitForAPeerThatTakesItsTime() {
        Seeds.forEach(
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    SimulatedPeer peer = pair.client().peer;
                    peer.pauseReading();
                    byte[] sent = simulation.randomBytes(200_000);
                    List<String> ends = new ArrayList<>();
                    pair.conn()
                            .send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(sent)))
                            .subscribe(x -> {}, e -> ends.add("lost"), () -> ends.add("sent"));
                    simulation.someSteps();
                    long begin = simulation.kernel.nanoTime();
                    pair.conn().close().subscribe(x -> {}, e -> {}, () -> ends.add("closed"));
                    ByteBuf received = Unpooled.buffer();
                    while (received.readableBytes() < sent.length && !peer.sawReset()) {
                        simulation.kernel.advance(CLOSE_TIMEOUT.dividedBy(2));
                        received.writeBytes(peer.read());
                        peer.resumeReading();
                        simulation.someSteps();
                        peer.pauseReading();
                    }
                    assertArrayEquals(sent, ByteBufUtil.getBytes(received));
                    long took = simulation.kernel.nanoTime() - begin;
                    assertTrue(took > CLOSE_TIMEOUT.toNanos(), "slow enough: " + took);
                    peer.resumeReading();
                    simulation.kernel.run(peer::sawEnd);
                    peer.close();
                    simulation.await(pair.conn().onClose());
                    assertEquals(List.of("sent", "closed"), ends);
                    assertFalse(peer.sawReset());
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldWaitForAPeerThatTakesItsTimeUnderTls() {
        Seeds.forEach(
                simulation -> {
                    Secure.Ends ends =
                            new Secure(simulation)
                                    .establish(
                                            simulation,
                                            simulation.direct(
                                                    simulation.listenOptions(),
                                                    simulation.connectOptions()));
                    Connection server = ends.server().connection();
                    Connection client = ends.client().connection();
                    Reader reader = new Reader();
                    client.receive().subscribe(reader);
                    byte[] sent = simulation.randomBytes(400_000);
                    server.send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(sent)))
                            .subscribe(x -> {}, e -> {});
                    simulation.someSteps();
                    long begin = simulation.kernel.nanoTime();
                    server.close().subscribe();
                    while (!reader.isEnded()) {
                        simulation.kernel.advance(Secure.CLOSE_TIMEOUT.dividedBy(2));
                        reader.ask(6);
                    }
                    assertArrayEquals(sent, reader.received());
                    assertTrue(reader.isCompleted(), "close_notify");
                    long took = simulation.kernel.nanoTime() - begin;
                    assertTrue(took > Secure.CLOSE_TIMEOUT.toNanos(), "slow enough: " + took);
                    simulation.await(client.close());
                    simulation.await(server.onClose());
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldNotWaitForAPublisherThatDoesNotEnd() {
        Seeds.forEach(
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    SimulatedPeer peer = pair.client().peer;
                    Frames frames = new Frames(0, simulation.random);
                    frames.subscribed(pair.conn().send(frames.publisher()));
                    boolean[] closed = {false};
                    long begin = simulation.kernel.nanoTime();
                    pair.conn().close().subscribe(x -> {}, e -> {}, () -> closed[0] = true);
                    while (!closed[0]) {
                        frames.emit();
                        simulation.kernel.advance(CLOSE_TIMEOUT.dividedBy(10));
                    }
                    assertWithin(simulation.kernel.nanoTime() - begin, 1, 1);
                    simulation.kernel.run(peer::sawReset);
                    frames.assertReleased();
                    peer.close();
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldGiveUpOnAPeerThatNeverStopsSending() {
        Seeds.forEach(
                simulation -> {
                    ListenOptions options =
                            simulation
                                    .listenOptions()
                                    .connection(
                                            ConnectionOptions.defaults()
                                                    .closeDiscardBytesMax(5_000));
                    Simulation.Pair pair = simulation.pair(options);
                    Client client = pair.client();
                    client.add(simulation.randomBytes(60_000));
                    client.sendAll();
                    simulation.someSteps();
                    pair.conn().close().subscribe();
                    boolean[] closed = {false};
                    pair.conn().onClose().subscribe(x -> {}, e -> {}, () -> closed[0] = true);
                    simulation.kernel.run(() -> closed[0]);
                    int discarded = client.arrived();
                    assertTrue(discarded > 5_000, "closed after " + discarded);
                    simulation.kernel.run(() -> client.peer.sawReset());
                    client.peer.close();
                    simulation.assertIdle();
                });
    }
}
