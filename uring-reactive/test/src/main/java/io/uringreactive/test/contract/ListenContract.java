// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.BindFailed;
import io.uringreactive.ConnectFailed;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** A port is bound, and given back, and newcomers are accepted as far as there is demand. */
public interface ListenContract extends Theme {
    int BACKLOG = 20;

    private Listener stopped(Listener listener) {
        stage().done(listener.stop());
        stage().done(listener.onClose());
        return listener;
    }

    private ListenOptions again(Listener listener) {
        return stage().loopback().address(listener.address());
    }

    @Test
    default void shouldRefuseAPortThatIsInUse() {
        Listener listener = stage().listen();
        ListenOptions taken = again(listener);
        stage().failure(BindFailed.class, stage().transport().listen(taken));
        stage().failure(BindFailed.class, stage().transport().accept(taken));
        stage().failure(BindFailed.class, stage().transport().serve(taken, conn -> conn.close()));
        stage().failure(BindFailed.class, stage().transport().acceptParallel(taken).sequential());
    }

    @Test
    default void shouldGiveItsPortBackWhenItStops() {
        Listener first = stopped(stage().listen());
        Listener second = stage().listen(again(first));
        assertEquals(first.address(), second.address());
        second.dispose();
        stage().done(second.onClose());
        Listener third = stage().listen(again(first));
        stage().serve(third, conn -> conn.send(conn.receive()));
        Connection client = stage().connect(third.address());
        Bytes echo = stage().text(client);
        stage().done(client.sendText("again"));
        stage().await(() -> "the echo: " + echo, () -> echo.text().equals("again"));
    }

    @Test
    default void shouldAcceptNothingWithoutDemand() {
        Listener listener = stage().listen();
        Probe<Connection> accepted = stage().probe(listener.connections(), 0);
        stage().connect(listener.address());
        stage().connect(listener.address());
        stage().connect(listener.address());
        stage().holds("nothing is accepted: " + accepted, () -> accepted.count() == 0);
        for (int i = 1; i <= 3; i++) {
            int expected = i;
            accepted.request(1);
            stage().await(() -> "one more: " + accepted, () -> accepted.count() == expected);
            stage().holds("and only one", () -> accepted.count() == expected);
        }
        accepted.items().forEach(stage()::track);
    }

    @Test
    default void shouldTakeTheBacklogWhenItStopsInOrder() {
        Listener listener = stage().listen();
        Probe<Connection> accepted = stage().probe(listener.connections(), 0);
        List<Connection> clients = new ArrayList<>();
        for (int i = 0; i < BACKLOG; i++) {
            clients.add(stage().connect(listener.address()));
        }
        // Both in one turn of a thread of the transport: it has accepted nothing in between.
        Probe<Void> stop = new Probe<>();
        Disposable task =
                clients.getFirst()
                        .scheduler()
                        .schedule(
                                () -> {
                                    accepted.request(Long.MAX_VALUE);
                                    stage().subscribe(listener.stop(), stop, Long.MAX_VALUE);
                                });
        stage().await(() -> "it is stopped by " + task, stop::isDone);
        stage().done(listener.onClose());
        stage().complete(accepted);
        assertEquals(BACKLOG, accepted.count());
        accepted.items().forEach(stage()::track);
        for (int i = 0; i < BACKLOG; i++) {
            stage().done(clients.get(i).sendText("x"));
        }
        for (Connection server : accepted.items()) {
            Bytes got = stage().text(server);
            stage().await(() -> "it goes on: " + got, () -> got.text().equals("x"));
        }
    }

    @Test
    default void shouldCloseTheListenerWhenItsConnectionsAreCancelled() {
        Listener listener = stage().listen();
        Probe<Connection> accepted = stage().probe(listener.connections(), 1);
        Connection client = stage().connect(listener.address());
        stage().await("it is accepted", () -> accepted.count() == 1);
        Connection server = stage().track(accepted.items().getFirst());
        accepted.cancel();
        stage().done(listener.onClose());
        stage().failure(
                        ConnectFailed.class,
                        stage().transport().connect(stage().to(listener.address())));
        Bytes got = stage().text(client);
        stage().done(server.sendText("connections go on"));
        stage().await(() -> "it arrives: " + got, () -> got.text().equals("connections go on"));
        assertFalse(accepted.isDone(), "who cancels is told nothing");
    }

    @Test
    default void shouldCompleteItsTakersWhenItIsDisposed() {
        Listener listener = stage().listen();
        Probe<Connection> accepted = stage().probe(listener.connections(), 1);
        listener.dispose();
        stage().complete(accepted);
        Listener other = stage().listen();
        Probe<Void> serving = stage().serve(other, conn -> conn.close());
        stopped(other);
        stage().complete(serving);
        assertTrue(other.isDisposed());
    }

    @Test
    default void shouldBeTakenOnce() {
        Listener listener = stage().listen();
        Probe<Connection> first = stage().probe(listener.connections(), 1);
        stage().failure(IllegalStateException.class, listener.connections());
        stage().failure(IllegalStateException.class, listener.serve(conn -> conn.close()));
        stage().connect(listener.address());
        stage().await("the first goes on", () -> first.count() == 1);
        first.items().forEach(stage()::track);
    }

    @Test
    default void shouldFailTheConnectionsForARequestBelowOne() {
        Listener listener = stage().listen();
        Probe<Connection> accepted = stage().probe(listener.connections(), 0);
        accepted.request(0);
        stage().failure(IllegalArgumentException.class, accepted);
        stage().done(listener.onClose());
    }
}
