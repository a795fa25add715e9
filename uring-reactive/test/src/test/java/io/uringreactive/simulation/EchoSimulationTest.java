// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.UringNet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bytes go through a server unchanged: none lost, none doubled, none out of order. */
class EchoSimulationTest {
    private static final Function<Connection, Publisher<Void>> ECHO =
            conn -> conn.send(conn.receive());

    @Test
    void shouldEchoEveryByteInOrderWhenServed() {
        Seeds.forEach(
                simulation -> {
                    UringNet.serve(simulation.listenOptions(), ECHO).subscribe();
                    echo(simulation, 1 + simulation.random.nextInt(6));
                });
    }

    @Test
    void shouldEchoEveryByteInOrderWhenComposedWithLittleDemand() {
        Seeds.forEach(
                simulation -> {
                    int concurrency = 1 + simulation.random.nextInt(3);
                    UringNet.accept(simulation.listenOptions())
                            .flatMap(conn -> conn.handle(ECHO), concurrency)
                            .subscribe();
                    echo(simulation, 1 + simulation.random.nextInt(8));
                });
    }

    @Test
    void shouldEchoEveryByteInOrderWhenDemandIsUnbounded() {
        Seeds.forEach(
                simulation -> {
                    UringNet.serve(
                                    simulation.listenOptions(),
                                    conn -> conn.send(conn.receive().onBackpressureBuffer(1 << 20)))
                            .subscribe();
                    echo(simulation, 1 + simulation.random.nextInt(6));
                });
    }

    @Test
    void shouldEchoEveryByteInOrderWhenOneBufferIsRequestedAtATime() {
        Seeds.forEach(
                simulation -> {
                    UringNet.serve(
                                    simulation.listenOptions(),
                                    conn ->
                                            conn.receive()
                                                    .concatMap(
                                                            buffer -> conn.send(Mono.just(buffer)),
                                                            0)
                                                    .then())
                            .subscribe();
                    echo(simulation, 1 + simulation.random.nextInt(4));
                });
    }

    private static void echo(Simulation simulation, int clients) {
        List<Client> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            byte[] bytes = simulation.randomBytes(1 + simulation.random.nextInt(6_000));
            all.add(
                    new Client(
                            simulation.kernel.connect(Simulation.PORT), bytes, simulation.random));
        }
        simulation.kernel.run(() -> all.stream().allMatch(client -> client.peer.isConnected()));
        while (!all.stream().allMatch(Client::isDone)) {
            all.forEach(Client::step);
            simulation.kernel.settle();
        }
        for (Client client : all) {
            client.peer.shutdownWrite();
        }
        simulation.kernel.run(() -> all.stream().allMatch(client -> client.peer.sawEnd()));
        for (Client client : all) {
            assertArrayEquals(client.bytes(), client.peer.read());
            client.peer.close();
        }
    }

    @Test
    void shouldDeliverTheWholeAnswerWhenItClosesWithUnreadInput() {
        Seeds.forEach(
                simulation -> {
                    String answer = "answer ".repeat(1 + simulation.random.nextInt(500));
                    UringNet.serve(
                                    simulation.listenOptions(),
                                    conn ->
                                            conn.receive()
                                                    .take(1)
                                                    .doOnNext(ByteBuf::release)
                                                    .thenMany(conn.sendText(answer))
                                                    .then())
                            .subscribe();
                    Client client =
                            new Client(
                                    simulation.kernel.connect(Simulation.PORT),
                                    simulation.randomBytes(3_000),
                                    simulation.random);
                    simulation.kernel.run(client.peer::isConnected);
                    client.sendAll();
                    simulation.kernel.run(client.peer::sawEnd);
                    assertEquals(answer, client.peer.received());
                    client.peer.close();
                });
    }

    @Test
    void shouldConnectAndTalkToAServer() {
        Seeds.forEach(
                simulation -> {
                    UringNet.serve(simulation.listenOptions(), ECHO).subscribe();
                    List<String> replies = new ArrayList<>();
                    Mono<Void> talk =
                            UringNet.connect(
                                            io.uringreactive.ConnectOptions.to(
                                                            new java.net.InetSocketAddress(
                                                                    "127.0.0.1", Simulation.PORT))
                                                    .group(simulation.group))
                                    .flatMap(
                                            conn ->
                                                    conn.sendText("hello")
                                                            .then(conn.shutdownOutput())
                                                            .thenMany(conn.receive())
                                                            .map(EchoSimulationTest::text)
                                                            .reduce(String::concat)
                                                            .doOnNext(replies::add)
                                                            .then(conn.close()));
                    simulation.await(talk.onErrorResume(e -> Mono.empty()));
                    assertEquals(List.of("hello"), replies);
                });
    }

    private static String text(ByteBuf buffer) {
        try {
            return buffer.toString(java.nio.charset.StandardCharsets.UTF_8);
        } finally {
            buffer.release();
        }
    }

    @Test
    void shouldGiveEverythingBackWhateverEndsFirst() {
        Seeds.forEach(
                Simulation.Network.FAILING,
                simulation -> {
                    List<Connection> served = new ArrayList<>();
                    UringNet.serve(
                                    simulation.listenOptions(),
                                    conn -> {
                                        served.add(conn);
                                        return conn.send(
                                                Flux.from(conn.receive())
                                                        .take(1 + served.size() % 5));
                                    })
                            .subscribe();
                    List<Client> clients = new ArrayList<>();
                    for (int step = 0; step < 60; step++) {
                        chaos(simulation, clients, served);
                        if (simulation.random.nextInt(3) < 2) {
                            simulation.kernel.settle();
                        }
                    }
                    clients.stream()
                            .filter(client -> client.peer.isConnected())
                            .forEach(client -> client.peer.close());
                });
    }

    private static void chaos(
            Simulation simulation, List<Client> clients, List<Connection> served) {
        int choice = simulation.random.nextInt(10);
        if (clients.isEmpty() || choice > 7) {
            byte[] bytes = simulation.randomBytes(1 + simulation.random.nextInt(3_000));
            clients.add(
                    new Client(
                            simulation.kernel.connect(Simulation.PORT), bytes, simulation.random));
            return;
        }
        Client client = clients.get(simulation.random.nextInt(clients.size()));
        if (!client.peer.isConnected()) {
            return;
        }
        switch (choice) {
            case 2 -> client.peer.reset();
            case 3 -> client.peer.close();
            case 4 -> client.peer.shutdownWrite();
            case 5 -> client.peer.pauseReading();
            case 6 -> client.peer.resumeReading();
            case 7 -> {
                if (!served.isEmpty()) {
                    served.get(simulation.random.nextInt(served.size())).dispose();
                }
            }
            default -> {
                if (!client.isDone()) {
                    client.step();
                }
            }
        }
    }
}
