// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroup;
import io.uringreactive.test.SimulationOptions;
import org.junit.jupiter.api.Test;

/** Every way to receive delivers the same, also when demand changes from one to another. */
class ModeSimulationTest {
    /** Bounded demand first, then without bounds, each at any point. */
    private static void receive(Simulation simulation, ReceiveMode mode, boolean bounded) {
        RingGroup group = simulation.another(options -> options.rings(1).receiveMode(mode));
        Simulation.Pair pair = simulation.pair(simulation.listenOptions().group(group));
        Client client = pair.client();
        client.add(simulation.randomBytes(simulation.between(1, 12_000)));
        Reader reader = new Reader();
        pair.conn().receive().subscribe(reader);
        int steps = bounded ? simulation.between(0, 30) : 0;
        for (; steps > 0; steps--) {
            client.step();
            reader.ask(simulation.between(1, 4));
            simulation.someSteps();
        }
        reader.ask(Long.MAX_VALUE);
        while (!client.isDone()) {
            client.step();
            simulation.someSteps();
        }
        client.peer.shutdownWrite();
        simulation.kernel.run(reader::isEnded);
        assertTrue(reader.isCompleted());
        assertFalse(reader.gotTooMuch());
        assertArrayEquals(client.bytes(), reader.received());
        client.peer.close();
        simulation.await(pair.conn().close());
        simulation.assertIdle();
    }

    @Test
    void shouldReceiveByCredit() {
        Seeds.forEach(simulation -> receive(simulation, ReceiveMode.CREDIT, true));
    }

    @Test
    void shouldReceiveOneShotByOneShot() {
        Seeds.forEach(simulation -> receive(simulation, ReceiveMode.ONE_SHOT, true));
    }

    @Test
    void shouldReceiveWithoutBounds() {
        Seeds.forEach(simulation -> receive(simulation, ReceiveMode.AUTO, false));
    }

    @Test
    void shouldReceiveOnAKernelWithoutCredit() {
        Seeds.forEach(
                150,
                choices ->
                        Simulation.of(
                                choices,
                                Simulation.Network.RELIABLE,
                                ReceiveMode.ONE_SHOT,
                                SimulationOptions::withoutReceiveCredit),
                simulation -> receive(simulation, ReceiveMode.AUTO, true));
    }
}
