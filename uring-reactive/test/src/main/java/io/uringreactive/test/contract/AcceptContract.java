// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.uringreactive.BindFailed;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionReset;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** How accepted connections reach who takes them. */
public interface AcceptContract extends Theme {
    int CLIENTS = 20;
    Duration UNCLAIMED = Duration.ofMillis(200);

    @Test
    default void shouldEmitOnEachRailTheConnectionsOfItsThread() {
        Listener listener = stage().listen();
        record Arrival(Connection connection, Thread thread) {}
        Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
        Probe<Connection> all =
                stage().probe(
                                listener.connectionsByRing()
                                        .doOnNext(
                                                conn ->
                                                        arrivals.add(
                                                                new Arrival(
                                                                        conn,
                                                                        Thread.currentThread())))
                                        .sequential(),
                                Long.MAX_VALUE);
        for (int i = 0; i < CLIENTS; i++) {
            stage().connect(listener.address());
        }
        stage().await(() -> "all are accepted: " + all, () -> all.count() == CLIENTS);
        all.items().forEach(stage()::track);
        for (Arrival arrival : arrivals) {
            assertEquals(stage().thread(arrival.connection()), arrival.thread());
        }
        stage().done(listener.stop());
        stage().complete(all);
    }

    @Test
    default void shouldCloseTheListenerWhenARailIsCancelled() {
        Listener first = stage().listen();
        stage().done(first.stop());
        ListenOptions options = stage().loopback().address(first.address());
        Probe<Connection> accepted =
                stage().probe(
                                stage().transport().acceptParallel(options).sequential(),
                                Long.MAX_VALUE);
        Connection client = stage().connect(first.address());
        stage().await("it is accepted", () -> accepted.count() == 1);
        Connection server = stage().track(accepted.items().getFirst());
        stage().failure(BindFailed.class, stage().transport().listen(options));
        accepted.cancel();
        stage().await("its port is free", () -> isFree(options));
        Bytes got = stage().text(client);
        stage().done(server.sendText("goes on"));
        stage().await(() -> "it arrives: " + got, () -> got.text().equals("goes on"));
    }

    private boolean isFree(ListenOptions options) {
        Probe<Connection> refused =
                stage().probe(stage().transport().connect(stage().to(options.address())), 1);
        stage().await("an answer", refused::isDone);
        refused.items().forEach(stage()::track);
        return refused.error() != null;
    }

    @Test
    default void shouldAbortAConnectionThatNobodyUses() {
        Listener listener = stage().listen(stage().loopback().unclaimedTimeout(UNCLAIMED));
        Probe<Connection> accepted = stage().probe(listener.connections(), 2);
        Connection unused = stage().connect(listener.address());
        stage().await("it is accepted", () -> accepted.count() == 1);
        Bytes receive = stage().bytes(unused, 1);
        stage().failure(ConnectionReset.class, receive);
        stage().done(accepted.items().getFirst().onClose());

        Connection client = stage().connect(listener.address());
        stage().await("it is accepted", () -> accepted.count() == 2);
        Connection used = stage().track(accepted.items().getLast());
        Bytes bytes = stage().bytes(used, 0);
        for (int i = 0; i < 3; i++) {
            stage().holds("it is used: " + bytes, () -> !bytes.isDone());
        }
        assertFalse(used.isDisposed());
        bytes.request(10);
        stage().done(client.send(stage().outgoing().sequence(5, 5)));
        stage().await(() -> "it receives: " + bytes, () -> bytes.bytes() == 5);
    }
}
