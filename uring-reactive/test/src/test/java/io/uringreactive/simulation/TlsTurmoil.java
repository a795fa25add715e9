// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.TransportException;
import io.uringreactive.UringNet;
import io.uringreactive.tls.TlsConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Clients and servers at once, each with a reader and a send, in a network that fails. */
final class TlsTurmoil {
    private final Simulation simulation;
    private final Secure secure;
    private final List<Secure.End> ends = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final Set<TlsConnection> read = new HashSet<>();
    private final List<Frames> sends = new ArrayList<>();

    TlsTurmoil(Simulation simulation) {
        this.simulation = simulation;
        this.secure = new Secure(simulation);
        UringNet.accept(simulation.listenOptions())
                .subscribe(
                        conn -> {
                            ends.add(new Secure.End(conn, secure.server.secure(conn)));
                        },
                        e -> {});
    }

    void connect() {
        UringNet.connect(simulation.connectOptions())
                .subscribe(
                        conn -> {
                            ends.add(new Secure.End(conn, secure.client.secure(conn)));
                        },
                        e -> {});
    }

    void step() {
        if (ends.isEmpty()) {
            simulation.someSteps();
            return;
        }
        Secure.End end = any(ends);
        int choice = 23 - simulation.random.nextInt(24);
        switch (choice) {
            case 0 -> connect();
            case 1 -> end.cancel();
            case 2 -> end.transport.dispose();
            case 3 -> end.transport.close().subscribe();
            case 4 -> end.transport.shutdownOutput().subscribe(x -> {}, e -> {});
            default -> {
                if (end.isSecure()) {
                    use(end.connection(), choice);
                } else {
                    simulation.someSteps();
                }
            }
        }
    }

    private void use(TlsConnection conn, int choice) {
        switch (choice) {
            case 5 -> conn.dispose();
            case 6 -> conn.close().subscribe();
            case 7 -> conn.shutdownOutput().subscribe(x -> {}, e -> {});
            case 8, 9, 10 -> {
                if (!read.add(conn)) {
                    return;
                }
                Reader reader = new Reader();
                if (simulation.coin()) {
                    reader.cancellingAfter(simulation.between(1, 4));
                }
                readers.add(reader);
                conn.receive().subscribe(reader);
                reader.ask(simulation.between(1, 8));
            }
            case 11, 12, 13 -> {
                Frames frames = new Frames(sends.size() % 100, simulation.random);
                frames.subscribed(conn.send(frames.publisher()));
                sends.add(frames);
            }
            case 14 -> {
                if (!readers.isEmpty()) {
                    any(readers).cancel();
                }
            }
            case 15 -> {
                if (!sends.isEmpty()) {
                    any(sends).cancel();
                }
            }
            case 16 -> {
                if (!sends.isEmpty()) {
                    any(sends).complete();
                }
            }
            case 17, 18 -> readers.forEach(reader -> reader.ask(2));
            case 19, 20 -> sends.forEach(Frames::emit);
            default -> simulation.someSteps();
        }
    }

    private <T> T any(List<T> all) {
        return all.get(simulation.random.nextInt(all.size()));
    }

    void end() {
        sends.forEach(Frames::complete);
        ends.forEach(Secure.End::dispose);
        simulation.await(Mono.when(ends.stream().map(end -> end.transport.onClose()).toList()));
        simulation.letGo();
        for (Secure.End end : ends) {
            assertNull(end.dropped(), "an error that nobody was told of");
        }
        for (Reader reader : readers) {
            assertFalse(reader.gotTooMuch());
            Throwable error = reader.error();
            assertTrue(
                    error == null || error instanceof TransportException,
                    () -> "failed with " + Objects.requireNonNull(error));
        }
        sends.forEach(Frames::assertReleased);
    }
}
