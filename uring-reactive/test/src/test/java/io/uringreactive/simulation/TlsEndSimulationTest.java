// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.TimedOut;
import io.uringreactive.TlsFailed;
import io.uringreactive.TransportException;
import io.uringreactive.UringNet;
import io.uringreactive.tls.TlsConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Connections under TLS that are cut, damaged, cancelled and aborted at any moment. */
class TlsEndSimulationTest {
    /** Bytes on the wire that are about what a handshake takes. */
    private static final int HANDSHAKE_BYTES = 1_000;

    /** An end's stream, which must be what the other end sent, as far as it goes. */
    private record Stream(Secure.End from, Secure.End to, byte[] bytes, Reader reader) {
        void begin() {
            to.connection().receive().subscribe(reader);
            from.connection()
                    .send(
                            Flux.range(0, bytes.length / 500)
                                    .map(i -> Unpooled.wrappedBuffer(bytes, i * 500, 500)))
                    .subscribe(x -> {}, e -> assertInstanceOf(TransportException.class, e));
        }

        /** Nobody has said close_notify. */
        void check() {
            assertArrayEquals(
                    Arrays.copyOf(bytes, reader.bytesReceived()), reader.received(), "content");
            assertFalse(reader.isCompleted(), "ended in order");
            if (reader.isEnded()) {
                assertInstanceOf(TransportException.class, reader.error());
            }
        }
    }

    private record Cut(Relay relay, Secure.Ends ends) {}

    /** Connects by way of {@code relay} and begins the handshake. */
    private static Cut cut(Simulation simulation, Relay.Deed deed, boolean fromClient, int bytes) {
        Secure secure = new Secure(simulation);
        List<Connection> accepted = new ArrayList<>();
        List<Connection> connected = new ArrayList<>();
        UringNet.accept(simulation.listenOptions()).subscribe(accepted::add);
        simulation.kernel.settle();
        Relay relay = new Relay(simulation, deed, fromClient, bytes);
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Relay.PORT);
        UringNet.connect(ConnectOptions.to(address).group(simulation.group))
                .subscribe(connected::add);
        simulation.kernel.run(
                () -> relay.isConnected() && !accepted.isEmpty() && !connected.isEmpty());
        return new Cut(relay, secure.begin(connected.getFirst(), accepted.getFirst()));
    }

    @Test
    void shouldTellBothEndsWhatHappensOnTheWay() {
        Seeds.forEach(
                300,
                Simulation.Network.RELIABLE,
                simulation -> {
                    Relay.Deed[] deeds = Relay.Deed.values();
                    Relay.Deed deed = deeds[simulation.random.nextInt(deeds.length)];
                    boolean fromClient = simulation.coin();
                    int bytes =
                            simulation.between(
                                    0, (1 + 5 * simulation.random.nextInt(3)) * HANDSHAKE_BYTES);
                    Cut cut = cut(simulation, deed, fromClient, bytes);
                    Secure.End client = cut.ends().client();
                    Secure.End server = cut.ends().server();
                    Stream up =
                            new Stream(
                                    client, server, simulation.randomBytes(15_000), new Reader());
                    Stream down =
                            new Stream(
                                    server, client, simulation.randomBytes(15_000), new Reader());
                    boolean talking = false;
                    long left = simulation.between(1, 300);
                    while (!cut.relay().isDone() || left-- > 0) {
                        simulation.expectProgress();
                        cut.relay().step();
                        simulation.someSteps();
                        if (!talking && cut.ends().areSecure()) {
                            talking = true;
                            up.begin();
                            down.begin();
                        }
                        up.reader().ask(2);
                        down.reader().ask(2);
                    }
                    simulation.kernel.advance(Secure.HANDSHAKE_TIMEOUT);
                    cut.relay().step();
                    simulation.kernel.settle();
                    up.check();
                    down.check();
                    checkHandshake(deed, client);
                    checkHandshake(deed, server);
                    if (talking) {
                        checkReader(deed, fromClient ? up.reader() : down.reader());
                    }
                    client.dispose();
                    server.dispose();
                    simulation.await(
                            Mono.when(client.transport.onClose(), server.transport.onClose()));
                    cut.relay().end();
                    simulation.assertIdle();
                });
    }

    private static void checkHandshake(Relay.Deed deed, Secure.End end) {
        assertTrue(end.isOver(), "no outcome of a handshake");
        assertNull(end.dropped());
        Throwable error = end.error();
        if (error != null) {
            assertInstanceOf(TransportException.class, error);
            if (deed == Relay.Deed.SILENCE) {
                assertInstanceOf(TimedOut.class, error);
            }
        }
    }

    /** Of the direction in which it happened, where both sides were secure. */
    private static void checkReader(Relay.Deed deed, Reader reader) {
        Throwable error = reader.error();
        switch (deed) {
            case FIN ->
                    assertEquals(
                            TlsFailed.Reason.TRUNCATED,
                            assertInstanceOf(TlsFailed.class, error).reason());
            case RESET -> assertNotNull(error);
            case DAMAGE -> {
                // A damaged length makes it wait for more than comes.
                if (error != null) {
                    assertEquals(
                            TlsFailed.Reason.PROTOCOL,
                            assertInstanceOf(TlsFailed.class, error).reason());
                }
            }
            case SILENCE -> assertNull(error);
        }
    }

    @Test
    void shouldKeepTheBuffersOfASendWholeWhenOthersAreCancelledUnderTls() {
        Seeds.forEach(
                simulation -> {
                    Secure.Ends ends =
                            new Secure(simulation)
                                    .establish(
                                            simulation,
                                            simulation.direct(
                                                    simulation.listenOptions(),
                                                    simulation.connectOptions()));
                    TlsConnection server = ends.server().connection();
                    Reader reader = new Reader();
                    ends.client().connection().receive().subscribe(reader);
                    List<Frames> sends = new ArrayList<>();
                    boolean[] dropped = new boolean[simulation.between(2, 4)];
                    for (int id = 0; id < dropped.length; id++) {
                        Frames frames = new Frames(id, simulation.random);
                        frames.subscribed(server.send(frames.publisher()));
                        sends.add(frames);
                    }
                    for (int step = simulation.between(10, 150); step > 0; step--) {
                        int id = simulation.random.nextInt(dropped.length);
                        Frames frames = sends.get(id);
                        switch (29 - simulation.random.nextInt(30)) {
                            case 0 -> {
                                dropped[id] |= !frames.isCompleted();
                                frames.cancel();
                            }
                            case 1 -> {
                                dropped[id] |= !frames.isOver();
                                frames.fail();
                            }
                            case 2 -> frames.complete();
                            case 3, 4, 5, 6 -> simulation.someSteps();
                            case 7, 8 -> reader.ask(simulation.between(1, 10));
                            default -> {
                                for (int i = simulation.between(1, 12); i > 0; i--) {
                                    frames.emit();
                                }
                            }
                        }
                    }
                    sends.forEach(Frames::complete);
                    server.shutdownOutput().subscribe();
                    reader.ask(Long.MAX_VALUE);
                    simulation.kernel.run(reader::isEnded);
                    assertTrue(reader.isCompleted());
                    int[] counts = Frames.parse(reader.received(), dropped.length, false);
                    for (int id = 0; id < dropped.length; id++) {
                        Frames frames = sends.get(id);
                        if (!dropped[id]) {
                            assertTrue(frames.isCompleted(), "send " + id + " has not ended");
                            assertEquals(frames.count(), counts[id], "frames of " + id);
                        }
                        frames.assertReleased();
                    }
                    simulation.dispose(server);
                    simulation.dispose(ends.client().connection());
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldGiveEverythingBackWhateverEndsFirstUnderTls() {
        Seeds.forEach(
                300,
                Simulation.Network.FAILING,
                simulation -> {
                    TlsTurmoil turmoil = new TlsTurmoil(simulation);
                    for (int i = simulation.between(1, 4); i > 0; i--) {
                        turmoil.connect();
                    }
                    for (int step = simulation.between(20, 150); step > 0; step--) {
                        turmoil.step();
                        if (simulation.random.nextInt(4) == 0) {
                            simulation.someSteps();
                        }
                    }
                    turmoil.end();
                });
    }

    @Test
    void shouldEndEverySubscriberWhenTheRingsStopUnderTls() {
        Seeds.forEach(
                simulation -> {
                    Secure.Ends ends =
                            new Secure(simulation)
                                    .begin(
                                            simulation.direct(
                                                    simulation.listenOptions(),
                                                    simulation.connectOptions()));
                    for (int i = simulation.between(0, 30); i > 0; i--) {
                        simulation.someSteps();
                    }
                    Reader reader = new Reader();
                    Frames frames = new Frames(1, simulation.random);
                    boolean talking = ends.areSecure();
                    if (talking) {
                        ends.client().connection().receive().subscribe(reader);
                        reader.ask(1);
                        frames.subscribed(ends.client().connection().send(frames.publisher()));
                        frames.emit();
                        simulation.someSteps();
                    }
                    simulation.await(simulation.group.disposeGracefully());
                    simulation.kernel.advance(Secure.HANDSHAKE_TIMEOUT);
                    assertTrue(
                            ends.client().isOver() && ends.server().isOver(),
                            () -> "no outcome: " + ends + talking);
                    if (talking) {
                        assertTrue(reader.isEnded());
                        assertNotNull(frames.error());
                        frames.complete();
                        frames.assertReleased();
                    }
                });
    }
}
