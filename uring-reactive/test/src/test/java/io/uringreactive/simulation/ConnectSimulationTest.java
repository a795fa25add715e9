// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ConnectFailed;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionReset;
import io.uringreactive.TimedOut;
import io.uringreactive.UringNet;
import io.uringreactive.test.SimulatedListener;
import io.uringreactive.test.SimulatedPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** A connect succeeds or says why not, in time, and whatever it ends with leaves nothing. */
class ConnectSimulationTest {
    private static final int NOBODY = 9999;
    private static final int SILENT = 9998;
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static ConnectOptions to(Simulation simulation, int port) {
        return ConnectOptions.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .group(simulation.group)
                .timeout(LIMIT);
    }

    /** What became of one connect. */
    private static final class Attempt {
        final List<Connection> connected = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        final Disposable running;

        Attempt(ConnectOptions options) {
            running = UringNet.connect(options).subscribe(connected::add, errors::add);
        }

        boolean isOver() {
            return connected.size() + errors.size() > 0;
        }
    }

    @Test
    void shouldConnectOrSayWhyNotInTime() {
        Seeds.forEach(
                300,
                Simulation.Network.FAILING,
                simulation -> {
                    SimulatedListener server = simulation.kernel.listen(Simulation.PORT);
                    simulation.kernel.listen(SILENT).fallSilent();
                    int before = simulation.kernel.openDescriptors();
                    int port =
                            switch (2 - simulation.random.nextInt(3)) {
                                case 0 -> NOBODY;
                                case 1 -> SILENT;
                                default -> Simulation.PORT;
                            };
                    long begin = simulation.kernel.nanoTime();
                    Attempt attempt = new Attempt(to(simulation, port));
                    simulation.kernel.run(attempt::isOver);
                    long took = simulation.kernel.nanoTime() - begin;
                    assertTrue(took < LIMIT.toNanos() + 1_000_000_000L, "took " + took);
                    assertEquals(1, attempt.connected.size() + attempt.errors.size());
                    for (Throwable error : attempt.errors) {
                        assertTrue(
                                error instanceof ConnectFailed
                                        || error instanceof TimedOut
                                        || error instanceof ConnectionReset,
                                () -> "not an error of a connect: " + error);
                    }
                    assertTrue(port == Simulation.PORT || attempt.connected.isEmpty());
                    attempt.connected.forEach(simulation::dispose);
                    simulation.letGo();
                    assertEquals(before, simulation.kernel.openDescriptors(), "descriptors");
                    server.accepted().forEach(SimulatedPeer::close);
                    simulation.assertIdle();
                });
    }

    /** Also when it succeeds although it was cancelled: then the connection is closed. */
    @Test
    void shouldLeaveNothingWhenItIsCancelledWhileItSucceeds() {
        Seeds.forEach(
                300,
                Simulation.Network.RELIABLE,
                simulation -> {
                    SimulatedListener server = simulation.kernel.listen(Simulation.PORT);
                    int before = simulation.kernel.openDescriptors();
                    Attempt attempt = new Attempt(to(simulation, Simulation.PORT));
                    simulation.someSteps();
                    attempt.running.dispose();
                    simulation.letGo();
                    attempt.connected.forEach(simulation::dispose);
                    simulation.letGo();
                    assertEquals(before, simulation.kernel.openDescriptors(), "descriptors");
                    for (SimulatedPeer peer : server.accepted()) {
                        simulation.kernel.run(() -> peer.sawEnd() || peer.sawReset());
                        peer.close();
                    }
                    simulation.assertIdle();
                });
    }
}
