// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Completion;
import io.uringreactive.Connection;
import io.uringreactive.RingScheduler;
import io.uringreactive.UringNet;
import io.uringreactive.op.Accept;
import io.uringreactive.op.Cancel;
import io.uringreactive.op.Close;
import io.uringreactive.op.Connect;
import io.uringreactive.op.Descriptor;
import io.uringreactive.op.MsgRing;
import io.uringreactive.op.Nop;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.PollFlags;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.ring.Sockets;
import io.uringreactive.test.SimulatedListener;
import io.uringreactive.test.SimulatedPeer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.util.context.Context;

/** Operations of one's own: whatever is cancelled, and however late, nothing is lost. */
class OperationSimulationTest {
    /** For errors of what was cancelled: nobody is there to be told. */
    private static final Context UNHEARD =
            Context.of("reactor.onErrorDropped.local", (Consumer<Throwable>) e -> {});

    private static int listen(Simulation simulation) {
        Sockets sockets = simulation.kernel.sockets();
        int fd = sockets.stream(SocketNumbers.AF_INET);
        assertEquals(0, sockets.bind(fd, Simulation.address()));
        assertEquals(0, sockets.listen(fd, 100));
        return fd;
    }

    private static RingScheduler anyRing(Simulation simulation) {
        return simulation.group.next();
    }

    @Test
    void shouldCloseEveryDescriptorWhenAcceptsAreCancelledAtAnyPoint() {
        Seeds.forEach(
                300,
                Simulation.Network.FAILING,
                simulation -> {
                    int listener = listen(simulation);
                    int before = simulation.kernel.openDescriptors();
                    List<Descriptor> accepted = new ArrayList<>();
                    List<Disposable> running = new ArrayList<>();
                    List<SimulatedPeer> peers = new ArrayList<>();
                    for (int step = simulation.between(1, 30); step > 0; step--) {
                        switch (4 - simulation.random.nextInt(5)) {
                            case 0 -> peers.add(simulation.kernel.connect(Simulation.PORT));
                            case 1 ->
                                    running.add(
                                            Accept.once(anyRing(simulation), listener)
                                                    .subscribe(accepted::add, e -> {}));
                            case 2 ->
                                    running.add(
                                            Accept.multishot(anyRing(simulation), listener)
                                                    .limitRate(1)
                                                    .subscribe(accepted::add, e -> {}));
                            case 3 -> {
                                if (!running.isEmpty()) {
                                    int which = simulation.random.nextInt(running.size());
                                    running.remove(which).dispose();
                                }
                            }
                            default -> simulation.someSteps();
                        }
                    }
                    if (simulation.coin()) {
                        simulation.await(Cancel.all(anyRing(simulation), listener));
                    }
                    running.forEach(Disposable::dispose);
                    simulation.letGo();
                    for (Descriptor descriptor : accepted) {
                        int fd = descriptor.take();
                        simulation.await(Close.of(anyRing(simulation), fd));
                    }
                    assertEquals(before, simulation.kernel.openDescriptors(), "descriptors");
                    simulation.await(Close.of(anyRing(simulation), listener));
                    peers.forEach(SimulatedPeer::close);
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldCloseEveryDescriptorWhenConnectsAreCancelledAtAnyPoint() {
        Seeds.forEach(
                300,
                Simulation.Network.FAILING,
                simulation -> {
                    SimulatedListener server = simulation.kernel.listen(Simulation.PORT);
                    int before = simulation.kernel.openDescriptors();
                    if (simulation.random.nextInt(4) == 3) {
                        server.fallSilent();
                    }
                    List<Disposable> running = new ArrayList<>();
                    List<Connection> connected = new ArrayList<>();
                    List<Integer> sockets = new ArrayList<>();
                    for (int step = simulation.between(1, 20); step > 0; step--) {
                        switch (4 - simulation.random.nextInt(5)) {
                            case 0, 1 ->
                                    running.add(
                                            UringNet.connect(simulation.connectOptions())
                                                    .subscribe(connected::add, e -> {}));
                            case 2 -> {
                                int fd = simulation.kernel.sockets().stream(SocketNumbers.AF_INET);
                                sockets.add(fd);
                                running.add(
                                        Connect.to(anyRing(simulation), fd, Simulation.address())
                                                .subscribe(nothing -> {}, e -> {}));
                            }
                            case 3 -> {
                                if (!running.isEmpty()) {
                                    int which = simulation.random.nextInt(running.size());
                                    running.remove(which).dispose();
                                }
                            }
                            default -> simulation.someSteps();
                        }
                    }
                    if (simulation.coin()) {
                        running.forEach(Disposable::dispose);
                    }
                    // Longer than connects may take.
                    simulation.kernel.advance(
                            simulation.connectOptions().timeout().multipliedBy(2));
                    running.forEach(Disposable::dispose);
                    simulation.kernel.settle();
                    connected.forEach(simulation::dispose);
                    simulation.letGo();
                    for (int fd : sockets) {
                        simulation.await(Close.of(anyRing(simulation), fd));
                    }
                    assertEquals(before, simulation.kernel.openDescriptors(), "descriptors");
                    server.accepted().forEach(SimulatedPeer::close);
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldEmitOneCompletionOrNoneWhenSubmissionsAreCancelled() {
        Seeds.forEach(
                simulation -> {
                    int listener = listen(simulation);
                    List<Disposable> running = new ArrayList<>();
                    List<Completion> polled = new ArrayList<>();
                    int[] nops = {0, 0};
                    for (int step = simulation.between(1, 40); step > 0; step--) {
                        RingScheduler ring = anyRing(simulation);
                        switch (4 - simulation.random.nextInt(5)) {
                            case 0 -> {
                                nops[0]++;
                                Nop.on(ring).subscribe(x -> {}, e -> {}, () -> nops[1]++);
                            }
                            case 1 ->
                                    running.add(
                                            ring.submitMultishot(
                                                            (sqe, memory) ->
                                                                    sqe.opcode(Opcode.POLL_ADD)
                                                                            .fd(listener)
                                                                            .opFlags(1)
                                                                            .len(
                                                                                    PollFlags
                                                                                            .ADD_MULTI))
                                                    .subscribe(polled::add, e -> {}));
                            case 2 -> running.add(Nop.on(ring).subscribe(x -> {}, e -> {}));
                            case 3 -> {
                                if (!running.isEmpty()) {
                                    running.removeLast().dispose();
                                }
                            }
                            default -> simulation.someSteps();
                        }
                    }
                    simulation.kernel.run(() -> nops[0] == nops[1]);
                    running.forEach(Disposable::dispose);
                    simulation.letGo();
                    assertEquals(0, simulation.kernel.inFlight(), "operations that go on");
                    simulation.await(Close.of(anyRing(simulation), listener));
                });
    }

    @Test
    void shouldBringEveryMessageToItsRingOnce() {
        Seeds.forEach(
                Simulation.Network.FAILING,
                simulation -> {
                    List<RingScheduler> rings = simulation.group.rings();
                    List<List<Integer>> received = new ArrayList<>();
                    List<List<Integer>> posted = new ArrayList<>();
                    for (RingScheduler ring : rings) {
                        List<Integer> here = new ArrayList<>();
                        received.add(here);
                        posted.add(new ArrayList<>());
                        MsgRing.received(ring).subscribe(here::add);
                    }
                    Set<Integer> doubtful = new HashSet<>();
                    int[] done = {0};
                    int count = simulation.between(1, 40);
                    for (int value = 0; value < count; value++) {
                        int target = simulation.random.nextInt(rings.size());
                        int message = value;
                        List<Integer> there = posted.get(target);
                        there.add(message);
                        Disposable post =
                                MsgRing.post(anyRing(simulation), rings.get(target), message)
                                        .doFinally(signal -> done[0]++)
                                        .contextWrite(UNHEARD)
                                        .subscribe(
                                                nothing -> {},
                                                e -> there.remove((Integer) message));
                        if (!simulation.coin()) {
                            simulation.someSteps();
                        }
                        if (simulation.random.nextInt(8) == 7) {
                            // Does not take the message back; but nobody hears if it fails.
                            post.dispose();
                            doubtful.add(message);
                        }
                    }
                    simulation.kernel.run(() -> done[0] == count);
                    simulation.letGo();
                    for (int i = 0; i < rings.size(); i++) {
                        List<Integer> here = new ArrayList<>(received.get(i));
                        assertEquals(here.size(), Set.copyOf(here).size(), "twice: " + here);
                        assertTrue(posted.get(i).containsAll(here));
                        posted.get(i).removeAll(doubtful);
                        assertTrue(here.containsAll(posted.get(i)), "some are lost: " + here);
                    }
                });
    }

    @Test
    void shouldLeaveNothingWhenTheGroupIsDisposedInTheMiddleOfEverything() {
        Seeds.forEach(
                400,
                Simulation.Network.FAILING,
                simulation -> {
                    Turmoil turmoil = new Turmoil(simulation);
                    for (int step = simulation.between(1, 60); step > 0; step--) {
                        turmoil.step();
                    }
                    simulation.group.dispose();
                    for (int step = simulation.between(0, 10); step > 0; step--) {
                        turmoil.step();
                    }
                    long begin = simulation.kernel.nanoTime();
                    simulation.await(simulation.group.disposeGracefully());
                    long took = simulation.kernel.nanoTime() - begin;
                    assertTrue(took < 5_000_000_000L, "operations were given up");
                    simulation.kernel.settle();
                    turmoil.end();
                });
    }
}
