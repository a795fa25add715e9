// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.UringNet;
import io.uringreactive.tls.TlsConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bytes, demand and ends under TLS, with both sides on the simulated kernel. */
class TlsSimulationTest {
    private static ConnectionOptions connection(Simulation simulation) {
        return ConnectionOptions.defaults()
                .windowBytes(1024 << simulation.random.nextInt(5))
                .sendHighWaterBytes(1 << simulation.between(0, 16));
    }

    private static ListenOptions listen(Simulation simulation) {
        return simulation.listenOptions().connection(connection(simulation));
    }

    private static ConnectOptions connect(Simulation simulation) {
        return simulation.connectOptions().connection(connection(simulation));
    }

    private static Secure.Ends establish(Simulation simulation, Secure secure) {
        return secure.establish(
                simulation, simulation.direct(listen(simulation), connect(simulation)));
    }

    /** {@code bytes} in pieces of any size, also empty ones, of heap and of native memory. */
    private static Flux<ByteBuf> pieces(Simulation simulation, byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int most = simulation.coin() ? 100 : bytes.length;
            int piece = Math.min(most - simulation.between(0, most), bytes.length - at);
            pieces.add(Arrays.copyOfRange(bytes, at, at + piece));
            at += piece;
        }
        if (simulation.coin()) {
            pieces.add(new byte[0]);
        }
        boolean heap = simulation.coin();
        return Flux.fromIterable(pieces)
                .map(
                        piece ->
                                heap
                                        ? Unpooled.wrappedBuffer(piece)
                                        : ByteBufAllocator.DEFAULT
                                                .directBuffer(piece.length)
                                                .writeBytes(piece));
    }

    /** What became of a send, a shutdown or a close. */
    private static final class Outcome {
        private boolean completed;
        private @Nullable Throwable error;

        Outcome of(Mono<Void> mono) {
            mono.subscribe(nothing -> {}, e -> error = e, () -> completed = true);
            return this;
        }
    }

    /** One client of an echo server. */
    private static final class Talk {
        final byte[] bytes;
        final Reader reader = new Reader();
        final List<Throwable> errors = new ArrayList<>();
        final AtomicInteger closed = new AtomicInteger();
        private @Nullable TlsConnection conn;
        private boolean ending;

        Talk(Simulation simulation, Secure secure) {
            this.bytes =
                    simulation.randomBytes(simulation.between(1, 1 << simulation.between(1, 15)));
            Flux<ByteBuf> pieces = pieces(simulation, bytes);
            UringNet.connect(connect(simulation))
                    .flatMap(secure.client::secure)
                    .subscribe(
                            established -> {
                                conn = established;
                                established.receive().subscribe(reader);
                                established.send(pieces).subscribe(x -> {}, errors::add);
                            },
                            errors::add);
        }

        boolean step(Simulation simulation) {
            reader.ask(simulation.between(1, 5));
            TlsConnection open = conn;
            if (open != null && !ending && reader.bytesReceived() == bytes.length) {
                ending = true;
                open.shutdownOutput().subscribe(x -> {}, errors::add);
            }
            if (open != null && reader.isEnded() && closed.compareAndSet(0, 1)) {
                open.close().subscribe(x -> {}, errors::add, () -> closed.set(2));
            }
            return closed.get() == 2 || !errors.isEmpty();
        }
    }

    @Test
    void shouldEchoEveryByteInOrderUnderTls() {
        Seeds.forEach(TlsSimulationTest::echo);
    }

    /** Keys and random numbers follow from the seed as the schedule does. */
    @Test
    void shouldReplayASeedUnderTls() {
        Map<Long, Long> digests = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            Seeds.forEach(
                    20,
                    Simulation.Network.RELIABLE,
                    simulation -> {
                        echo(simulation);
                        long digest = simulation.kernel.traceDigest();
                        Long before = digests.put(simulation.kernel.seed(), digest);
                        assertTrue(before == null || before == digest, "another schedule");
                    });
        }
    }

    private static void echo(Simulation simulation) {
        Secure secure = new Secure(simulation);
        UringNet.serve(listen(simulation), secure.server.handler(conn -> conn.send(conn.receive())))
                .subscribe();
        List<Talk> talks = new ArrayList<>();
        for (int i = simulation.between(1, 3); i > 0; i--) {
            talks.add(new Talk(simulation, secure));
        }
        boolean over = false;
        while (!over) {
            simulation.expectProgress();
            simulation.someSteps();
            over = true;
            for (Talk talk : talks) {
                over &= talk.step(simulation);
            }
        }
        for (Talk talk : talks) {
            assertEquals(List.of(), talk.errors);
            assertArrayEquals(talk.bytes, talk.reader.received());
            assertTrue(talk.reader.isCompleted());
            assertFalse(talk.reader.gotTooMuch());
        }
        simulation.assertIdle();
    }

    @Test
    void shouldEndEachDirectionByItself() {
        Seeds.forEach(
                simulation -> {
                    Secure secure = new Secure(simulation, "TLSv1.3");
                    Secure.Ends ends = establish(simulation, secure);
                    TlsConnection[] conns = {
                        ends.client().connection(), ends.server().connection()
                    };
                    byte[][] bytes = new byte[2][];
                    Reader[] readers = {new Reader(), new Reader()};
                    Outcome[] ended = new Outcome[2];
                    for (int i = 0; i < 2; i++) {
                        bytes[i] = simulation.randomBytes(simulation.between(0, 20_000));
                        conns[1 - i].receive().subscribe(readers[i]);
                        Outcome sent =
                                new Outcome().of(conns[i].send(pieces(simulation, bytes[i])));
                        for (int steps = simulation.between(0, 3); steps > 0; steps--) {
                            readers[0].ask(1);
                            simulation.someSteps();
                        }
                        ended[i] = new Outcome().of(conns[i].shutdownOutput());
                        assertNull(sent.error);
                    }
                    for (int i = 0; !readers[0].isEnded() || !readers[1].isEnded(); i++) {
                        simulation.expectProgress();
                        int which = (i + simulation.random.nextInt(2)) % 2;
                        readers[which].ask(simulation.between(1, 4));
                        simulation.someSteps();
                    }
                    for (int i = 0; i < 2; i++) {
                        assertTrue(readers[i].isCompleted(), () -> "failed: " + readers[0].error());
                        assertArrayEquals(bytes[i], readers[i].received());
                        Outcome end = ended[i];
                        simulation.kernel.run(() -> end.completed);
                        Outcome late = new Outcome().of(conns[i].sendText("late"));
                        simulation.kernel.settle();
                        assertTrue(late.error != null, "sent behind its end");
                    }
                    simulation.await(Mono.when(conns[0].close(), conns[1].close()));
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldSendEverythingBeforeTheEndWhenItClosesUnderTls() {
        Seeds.forEach(
                simulation -> {
                    Secure.Ends ends = establish(simulation, new Secure(simulation));
                    TlsConnection server = ends.server().connection();
                    byte[] bytes = simulation.randomBytes(simulation.between(1, 30_000));
                    Reader reader = new Reader();
                    ends.client().connection().receive().subscribe(reader);
                    if (simulation.coin()) {
                        // Nobody takes this: what is unread must not destroy the answer.
                        ends.client().connection().sendText("unread".repeat(100)).subscribe();
                    }
                    Outcome sent = new Outcome().of(server.send(pieces(simulation, bytes)));
                    Outcome closed = new Outcome().of(server.close());
                    reader.ask(Long.MAX_VALUE);
                    simulation.kernel.run(reader::isEnded);
                    assertArrayEquals(bytes, reader.received());
                    assertTrue(reader.isCompleted());
                    assertTrue(sent.completed);
                    simulation.await(ends.client().connection().close());
                    simulation.kernel.run(() -> closed.completed);
                    simulation.assertIdle();
                });
    }

    @Test
    void shouldHoldLittleWhenNothingIsRequestedUnderTls() {
        int pieceBytes = 1_000;
        int pieces = 700;
        Seeds.forEach(
                30,
                Simulation.Network.RELIABLE,
                simulation -> {
                    int windowBytes = 1024 << simulation.random.nextInt(4);
                    int highWaterBytes = 1024 << simulation.random.nextInt(4);
                    ConnectionOptions options =
                            ConnectionOptions.defaults()
                                    .windowBytes(windowBytes)
                                    .sendHighWaterBytes(highWaterBytes);
                    Simulation.Direct direct =
                            simulation.direct(
                                    simulation.listenOptions().connection(options),
                                    simulation.connectOptions().connection(options));
                    Secure.Ends ends = new Secure(simulation).establish(simulation, direct);
                    byte[] bytes = simulation.randomBytes(pieceBytes * pieces);
                    AtomicInteger emitted = new AtomicInteger();
                    Flux<ByteBuf> data =
                            Flux.range(0, pieces)
                                    .map(
                                            i ->
                                                    Unpooled.wrappedBuffer(
                                                            bytes, i * pieceBytes, pieceBytes))
                                    .doOnNext(x -> emitted.addAndGet(pieceBytes));
                    Reader reader = new Reader();
                    ends.client().connection().receive().subscribe(reader);
                    reader.ask(simulation.between(0, 3));
                    Outcome sent = new Outcome().of(ends.server().connection().send(data));
                    simulation.kernel.advance(Duration.ofMinutes(10));
                    int held = emitted.get() - reader.bytesReceived();
                    // 64 KiB wait to be encrypted and 8 more were asked for; the transport's queue,
                    // the sockets and the window; two records of 16 KiB in the middle.
                    int most =
                            (64 << 10)
                                    + 8 * pieceBytes
                                    + highWaterBytes
                                    + windowBytes
                                    + (64 << 10)
                                    + (36 << 10);
                    assertTrue(held <= most, held + " bytes held of " + most);
                    reader.ask(Long.MAX_VALUE);
                    simulation.kernel.run(() -> reader.bytesReceived() == bytes.length);
                    assertArrayEquals(bytes, reader.received());
                    assertTrue(sent.completed || sent.error == null);
                    for (Connection conn :
                            List.of(ends.client().connection(), ends.server().connection())) {
                        simulation.dispose(conn);
                    }
                    simulation.assertIdle();
                });
    }
}
