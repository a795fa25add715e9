// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.SocketOptions;
import io.uringreactive.test.SimulatedPeer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What leaves by send(): whole, in order, once, and given back whatever happens. */
class SendSimulationTest {
    /** The least that a socket takes, so that it is known. */
    private static final int SOCKET_BYTES = 2048;

    private static ListenOptions options(Simulation simulation) {
        return simulation
                .listenOptions()
                .socket(SocketOptions.defaults().sendBufferBytes(SOCKET_BYTES))
                .connection(
                        ConnectionOptions.defaults()
                                .sendHighWaterBytes(1 << simulation.between(0, 12)));
    }

    private static List<Frames> sends(Simulation simulation, Connection conn, int count) {
        List<Frames> sends = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            Frames frames = new Frames(id, simulation.random);
            frames.subscribed(conn.send(frames.publisher()));
            sends.add(frames);
        }
        return sends;
    }

    @Test
    void shouldKeepTheBuffersOfASendWholeWhenOthersAreCancelledOrFail() {
        Seeds.forEach(
                300,
                Simulation.Network.RELIABLE,
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    SimulatedPeer peer = pair.client().peer;
                    List<Frames> sends = sends(simulation, pair.conn(), simulation.between(2, 5));
                    boolean[] dropped = new boolean[sends.size()];
                    for (int step = simulation.between(10, 120); step > 0; step--) {
                        emitOrEnd(simulation, sends, dropped);
                        readOrNot(simulation, peer);
                    }
                    sends.forEach(Frames::complete);
                    peer.resumeReading();
                    simulation.await(pair.conn().shutdownOutput());
                    simulation.kernel.run(peer::sawEnd);
                    int[] counts = Frames.parse(peer.read(), sends.size(), false);
                    for (int id = 0; id < sends.size(); id++) {
                        Frames frames = sends.get(id);
                        if (!dropped[id]) {
                            assertTrue(frames.isCompleted(), "send " + id + " has not ended");
                            assertEquals(frames.count(), counts[id], "frames of " + id);
                        }
                        frames.assertReleased();
                    }
                    peer.close();
                    simulation.await(pair.conn().close());
                    simulation.assertIdle();
                });
    }

    private static void emitOrEnd(Simulation simulation, List<Frames> sends, boolean[] dropped) {
        int id = simulation.random.nextInt(sends.size());
        Frames frames = sends.get(id);
        int choice = 39 - simulation.random.nextInt(40);
        if (choice == 0) {
            dropped[id] |= !frames.isCompleted();
            frames.cancel();
        } else if (choice == 1 && !frames.isOver()) {
            dropped[id] = true;
            frames.fail();
        } else if (choice == 2) {
            frames.complete();
        } else {
            for (int i = simulation.between(1, 12); i > 0; i--) {
                frames.emit();
            }
        }
    }

    private static void readOrNot(Simulation simulation, SimulatedPeer peer) {
        switch (simulation.random.nextInt(8)) {
            case 0, 1, 2 -> simulation.someSteps();
            case 3, 4 -> peer.resumeReading();
            case 5 -> peer.pauseReading();
            default -> {
                // At once, in the same turn.
            }
        }
    }

    @Test
    void shouldReportAPublishersErrorAndSendOnWhenOneFails() {
        Seeds.forEach(
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    List<Frames> sends = sends(simulation, pair.conn(), 2);
                    for (int i = simulation.between(0, 60); i > 0; i--) {
                        sends.get(simulation.random.nextInt(2)).emit();
                        if (simulation.random.nextInt(5) == 4) {
                            simulation.someSteps();
                        }
                    }
                    sends.get(0).fail();
                    sends.get(1).emit();
                    simulation.someSteps();
                    sends.get(1).complete();
                    simulation.kernel.run(() -> sends.get(1).isCompleted());
                    simulation.kernel.run(() -> sends.get(0).error() != null);
                    assertInstanceOf(IllegalStateException.class, sends.get(0).error());
                    pair.conn().close().subscribe();
                    simulation.kernel.run(pair.client().peer::sawEnd);
                    int[] counts = Frames.parse(pair.client().peer.read(), 2, false);
                    assertEquals(sends.get(1).count(), counts[1]);
                    pair.client().peer.close();
                    simulation.await(pair.conn().onClose());
                    sends.forEach(Frames::assertReleased);
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldAskNoMoreOfThePublisherWhenThePeerDoesNotRead() {
        Seeds.forEach(
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    SimulatedPeer peer = pair.client().peer;
                    peer.pauseReading();
                    int frameBytes = simulation.between(1, 200);
                    int count = (SOCKET_BYTES + simulation.socketReceiveBytes) / frameBytes + 500;
                    List<ByteBuf> emitted = new ArrayList<>();
                    boolean[] completed = {false};
                    pair.conn()
                            .send(
                                    Flux.range(0, count)
                                            .map(i -> Unpooled.wrappedBuffer(fill(frameBytes, i)))
                                            .cast(ByteBuf.class)
                                            .doOnNext(emitted::add))
                            .subscribe(nothing -> {}, e -> {}, () -> completed[0] = true);
                    simulation.pass(1_000, () -> {});
                    simulation.kernel.settle();
                    // What the sockets hold, and the 32 that a send asks for at first.
                    int most = (SOCKET_BYTES + simulation.socketReceiveBytes) / frameBytes + 33;
                    assertTrue(emitted.size() <= most, emitted.size() + " asked for of " + most);
                    while (!completed[0]) {
                        simulation.expectProgress();
                        peer.resumeReading();
                        simulation.someSteps();
                        peer.pauseReading();
                        simulation.someSteps();
                    }
                    peer.resumeReading();
                    simulation.kernel.run(() -> peer.receivedBytes() == count * frameBytes);
                    byte[] all = peer.read();
                    for (int i = 0; i < count; i++) {
                        int at = i * frameBytes;
                        byte[] one = Arrays.copyOfRange(all, at, at + frameBytes);
                        assertTrue(Arrays.equals(fill(frameBytes, i), one), "buffer " + i);
                    }
                    emitted.forEach(buffer -> assertEquals(0, buffer.refCnt()));
                    simulation.dispose(pair.conn());
                    peer.close();
                });
    }

    private static byte[] fill(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) (value * 31));
        return bytes;
    }

    @Test
    void shouldGiveEveryBufferBackWhenTheConnectionEndsWhileSending() {
        Seeds.forEach(
                300,
                Simulation.Network.FAILING,
                simulation -> {
                    Simulation.Pair pair = simulation.pair(options(simulation));
                    SimulatedPeer peer = pair.client().peer;
                    List<Frames> sends = sends(simulation, pair.conn(), simulation.between(1, 4));
                    int end = simulation.between(1, 60);
                    boolean[] dropped = new boolean[sends.size()];
                    for (int step = 0; step < end; step++) {
                        emitOrEnd(simulation, sends, dropped);
                        readOrNot(simulation, peer);
                    }
                    switch (simulation.random.nextInt(3)) {
                        case 0 -> pair.conn().dispose();
                        case 1 -> peer.close();
                        default -> peer.reset();
                    }
                    for (int step = simulation.between(0, 10); step > 0; step--) {
                        emitOrEnd(simulation, sends, dropped);
                        simulation.someSteps();
                    }
                    simulation.dispose(pair.conn());
                    for (Frames frames : sends) {
                        frames.emit();
                        frames.complete();
                    }
                    simulation.kernel.settle();
                    Frames.parse(peer.read(), sends.size(), true);
                    for (int id = 0; id < sends.size(); id++) {
                        Frames frames = sends.get(id);
                        if (!dropped[id] && !frames.isCompleted()) {
                            assertNotNull(frames.error(), "send " + id + " never ended");
                        }
                        assertFalse(frames.isCompleted() && frames.error() != null);
                        frames.assertReleased();
                    }
                    peer.close();
                    simulation.assertIdle();
                });
    }
}
