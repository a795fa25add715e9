// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ConnectionReset;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.ResourcesExhausted;
import io.uringreactive.TimedOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a peer may cost. */
public interface LimitContract extends Theme {
    /** Longer than {@link Stage#holds} looks. */
    Duration IDLE = Duration.ofMillis(300);

    int SEVERAL = 5;

    private Pair limited(UnaryOperator<ConnectionOptions> limits) {
        return stage().pair(
                        options -> options.connection(limits.apply(options.connection())),
                        options -> options);
    }

    @Test
    default void shouldAbortAPeerThatSendsNothingWhileItIsAwaited() {
        Pair pair = limited(options -> options.readIdleTimeout(IDLE));
        Bytes client = stage().bytes(pair.client(), 1);
        Bytes server = stage().text(pair.server());
        for (int i = 0; i < SEVERAL; i++) {
            stage().done(pair.client().sendText("busy"));
            stage().holds("it is busy: " + server, () -> !server.isDone());
        }
        stage().failure(TimedOut.class, server);
        stage().failure(ConnectionReset.class, client);
        stage().done(pair.server().onClose());
    }

    @Test
    default void shouldLetAPeerBeSilentWhileNobodyWaits() {
        Pair pair = limited(options -> options.readIdleTimeout(IDLE));
        Bytes server = stage().bytes(pair.server(), 1);
        stage().done(pair.client().send(stage().outgoing().sequence(100, 100)));
        stage().await(() -> "some arrives: " + server, () -> server.count() == 1);
        for (int i = 0; i < SEVERAL; i++) {
            stage().holds("nobody waits for more: " + server, () -> !server.isDone());
        }
        server.request(Long.MAX_VALUE - 1);
        stage().failure(TimedOut.class, server);
    }

    @Test
    default void shouldAbortAPeerThatTakesNothing() {
        Pair pair = limited(options -> options.writeIdleTimeout(IDLE));
        Bytes client = stage().bytes(pair.client(), 0);
        Probe<Void> send =
                stage().run(
                                pair.server()
                                        .send(
                                                stage().outgoing()
                                                        .sequence(
                                                                DemandContract.PLENTY_BYTES,
                                                                1024)));
        stage().failure(TimedOut.class, send);
        client.request(Long.MAX_VALUE);
        stage().failure(ConnectionReset.class, client);
    }

    @Test
    default void shouldFailASendThatBringsMoreThanMayBeQueued() {
        int most = 100_000;
        Pair pair = limited(options -> options.sendQueueBytesMax(most));
        int total = DemandContract.PLENTY_BYTES;
        Bytes client = stage().subscribe(pair.client().receive(), new Bytes(Bytes.Content.ANY), 0);
        // It asks its publisher for no more than fits, as it does without the limit.
        Probe<Void> first =
                stage().run(pair.server().send(stage().outgoing().sequence(total, 1024)));
        stage().settled(pair.server()::sentBytes);
        stage().failure(
                        ResourcesExhausted.class,
                        pair.server().send(stage().outgoing().sequence(2L * most, 4096)));
        client.request(Long.MAX_VALUE);
        stage().complete(first);
        stage().await(() -> "the first arrives: " + client, () -> client.bytes() >= total);
    }

    @Test
    default void shouldLetInNoMoreConnectionsThanAllowed() {
        List<Bytes> clients = new ArrayList<>();
        List<Connection> connections = greeted(SEVERAL, options -> options.acceptedMax(2), clients);
        stage().await(() -> "two are served: " + clients, () -> greetings(clients) == 2);
        for (int gone = 0; gone < SEVERAL - 2; gone++) {
            int served = 2 + gone;
            stage().holds("the others wait: " + clients, () -> greetings(clients) == served);
            leaveOne(connections, clients);
            stage().await(
                            () -> "the next one is served: " + clients,
                            () -> greetings(clients) == served + 1);
        }
    }

    @Test
    default void shouldLetConnectionsInAtItsRate() {
        List<Bytes> clients = new ArrayList<>();
        greeted(3, options -> options.acceptsPerSecond(1), clients);
        stage().await(() -> "one is served: " + clients, () -> greetings(clients) == 1);
        stage().holds("the others wait", () -> greetings(clients) == 1);
        stage().await(() -> "they are served: " + clients, () -> greetings(clients) == 3);
    }

    /** Clients of a server that sends a word to whom it serves. */
    private List<Connection> greeted(
            int count, UnaryOperator<ListenOptions> limits, List<Bytes> clients) {
        Listener listener = stage().listen(limits.apply(stage().loopback()));
        stage().run(
                        listener.serve(
                                connection ->
                                        connection
                                                .sendText("welcome")
                                                .thenMany(connection.receive())
                                                .doOnNext(buffer -> buffer.release())
                                                .then()));
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection connection = stage().connect(listener.address());
            connections.add(connection);
            clients.add(stage().text(connection));
        }
        return connections;
    }

    private static long greetings(List<Bytes> clients) {
        return clients.stream().filter(client -> client.bytes() > 0).count();
    }

    /** One that was served and is there. */
    private void leaveOne(List<Connection> connections, List<Bytes> clients) {
        for (int i = 0; i < connections.size(); i++) {
            Connection connection = connections.get(i);
            if (clients.get(i).bytes() > 0 && !connection.isDisposed()) {
                connection.dispose();
                stage().done(connection.onClose());
                return;
            }
        }
        throw new AssertionError("nobody is served");
    }
}
