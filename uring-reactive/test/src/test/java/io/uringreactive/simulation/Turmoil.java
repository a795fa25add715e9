// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.UringNet;
import io.uringreactive.op.MsgRing;
import io.uringreactive.op.Nop;
import io.uringreactive.test.SimulatedListener;
import io.uringreactive.test.SimulatedPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Listeners, connections both ways, sends, receives, connects and submissions, all at once. */
final class Turmoil {
    private static final int OTHER_PORT = 9090;
    private static final int SILENT_PORT = 9091;

    private final Simulation simulation;
    private final SimulatedListener server;
    private final List<Connection> conns = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<Frames> sends = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private int begun;
    private int ended;

    Turmoil(Simulation simulation) {
        this.simulation = simulation;
        this.server = simulation.kernel.listen(OTHER_PORT);
        simulation.kernel.listen(SILENT_PORT).fallSilent();
        ListenOptions other = ListenOptions.port(7070).group(simulation.group);
        UringNet.accept(simulation.listenOptions()).subscribe(conns::add, e -> {});
        UringNet.accept(other).take(3).flatMap(Connection::close).subscribe(x -> {}, e -> {});
    }

    void step() {
        switch (simulation.random.nextInt(12)) {
            case 0 -> simulation.someSteps();
            case 1 -> watch(connect(OTHER_PORT).doOnNext(conns::add).then());
            case 2 -> watch(connect(SILENT_PORT).doOnNext(conns::add).then());
            case 3 -> {
                if (!conns.isEmpty()) {
                    Reader reader = new Reader();
                    readers.add(reader);
                    any(conns).receive().subscribe(reader);
                    reader.ask(simulation.between(1, 5));
                }
            }
            case 4 -> {
                if (!conns.isEmpty()) {
                    Frames frames = new Frames(0, simulation.random);
                    frames.subscribed(any(conns).send(frames.publisher()));
                    sends.add(frames);
                }
            }
            case 5 -> {
                if (!conns.isEmpty()) {
                    watch(any(conns).close());
                }
            }
            case 6 -> watch(Nop.on(ring()));
            case 7 -> watch(MsgRing.post(ring(), ring(), 1));
            case 8 -> Mono.delay(Duration.ofMillis(30), ring()).subscribe(x -> {}, e -> {});
            case 9 -> clients.forEach(Client::step);
            case 10 -> sends.forEach(Frames::emit);
            default -> clients.add(simulation.client(simulation.randomBytes(500)));
        }
    }

    private <T> T any(List<T> all) {
        return all.get(simulation.random.nextInt(all.size()));
    }

    private RingScheduler ring() {
        return simulation.group.next();
    }

    private Mono<Connection> connect(int port) {
        return UringNet.connect(
                ConnectOptions.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .group(simulation.group));
    }

    /** Whatever begins must end. */
    private void watch(Mono<Void> what) {
        begun++;
        what.doOnTerminate(() -> ended++).subscribe(nothing -> {}, e -> {});
    }

    /** After the rings have stopped: everybody has been told. */
    void end() {
        for (Frames frames : sends) {
            frames.emit();
            frames.complete();
            frames.assertReleased();
            assertTrue(frames.isCompleted() || frames.error() != null, "a send that never ends");
        }
        for (Reader reader : readers) {
            assertTrue(reader.isEnded(), "a receive that never ends");
        }
        clients.forEach(client -> client.peer.close());
        server.accepted().forEach(SimulatedPeer::close);
        assertEquals(begun, ended, "a connect, close or submission that never ends");
    }
}
