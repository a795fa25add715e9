// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ReceiveMode;
import io.uringreactive.UnexpectedErrno;
import io.uringreactive.UringNet;
import io.uringreactive.op.Nop;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.test.SimulatedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A ring that refuses an opcode (-EACCES) fails what needs it, and neither spins nor leaks. */
class RestrictedSimulationTest {
    private static void forEachSeed(int opcode, Seeds.Scenario scenario) {
        Seeds.forEach(
                100,
                choices ->
                        Simulation.of(
                                choices,
                                Simulation.Network.RELIABLE,
                                ReceiveMode.ONE_SHOT,
                                options -> options.withRestricted(Set.of(opcode))),
                scenario);
    }

    @Test
    void shouldNotSpinWhenAcceptIsRefused() {
        forEachSeed(
                Opcode.ACCEPT,
                simulation -> {
                    UringNet.accept(simulation.listenOptions()).subscribe();
                    SimulatedPeer peer = simulation.kernel.connect(Simulation.PORT);
                    simulation.kernel.advance(Duration.ofSeconds(30));
                    long enters = simulation.enters();
                    simulation.kernel.advance(Duration.ofSeconds(30));
                    long most = 10L * 30 * simulation.rings.rings();
                    assertTrue(simulation.enters() - enters < most, "it spins");
                    peer.close();
                });
    }

    @Test
    void shouldFailTheConnect() {
        forEachSeed(
                Opcode.CONNECT,
                simulation -> {
                    simulation.kernel.listen(Simulation.PORT);
                    int before = simulation.kernel.openDescriptors();
                    List<Throwable> errors = new ArrayList<>();
                    UringNet.connect(simulation.connectOptions())
                            .subscribe(conn -> {}, errors::add);
                    simulation.kernel.run(() -> !errors.isEmpty());
                    assertInstanceOf(UnexpectedErrno.class, errors.getFirst());
                    simulation.letGo();
                    assertEquals(before, simulation.kernel.openDescriptors(), "descriptors");
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldFailTheReceive() {
        forEachSeed(
                Opcode.RECV,
                simulation -> {
                    Simulation.Pair pair = simulation.pair(simulation.listenOptions());
                    Reader reader = new Reader();
                    pair.conn().receive().subscribe(reader);
                    reader.ask(1);
                    simulation.kernel.run(reader::isEnded);
                    assertInstanceOf(UnexpectedErrno.class, reader.error());
                    end(simulation, pair);
                });
    }

    @Test
    void shouldFailTheSend() {
        forEachSeed(
                Opcode.SEND,
                simulation -> {
                    // Those that are not copied have an opcode of their own.
                    Simulation.Pair pair =
                            simulation.pair(
                                    simulation
                                            .listenOptions()
                                            .connection(ConnectionOptions.defaults()));
                    List<Throwable> errors = new ArrayList<>();
                    pair.conn().sendText("x").subscribe(nothing -> {}, errors::add);
                    simulation.kernel.run(() -> !errors.isEmpty());
                    assertInstanceOf(UnexpectedErrno.class, errors.getFirst());
                    end(simulation, pair);
                });
    }

    @Test
    void shouldFailAnOperationOfOnesOwn() {
        forEachSeed(
                Opcode.NOP,
                simulation -> {
                    List<Throwable> errors = new ArrayList<>();
                    Nop.on(simulation.group.next()).subscribe(nothing -> {}, errors::add);
                    simulation.kernel.run(() -> !errors.isEmpty());
                    assertInstanceOf(UnexpectedErrno.class, errors.getFirst());
                });
    }

    private static void end(Simulation simulation, Simulation.Pair pair) {
        Connection conn = pair.conn();
        simulation.dispose(conn);
        pair.client().peer.close();
        simulation.assertIdle();
    }
}
