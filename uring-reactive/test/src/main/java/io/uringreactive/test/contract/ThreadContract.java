// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.Connection;
import io.uringreactive.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Signals come on the connection's thread; calls come from any. */
public interface ThreadContract extends Theme {
    @Test
    default void shouldSignalOnTheConnectionsThread() {
        Pair pair = stage().pair();
        Thread server = stage().thread(pair.server());
        Bytes receive = stage().bytes(pair.server(), Long.MAX_VALUE);
        Probe<Void> send = stage().run(pair.server().send(stage().outgoing().sequence(100, 10)));
        Probe<Void> end = stage().run(pair.server().shutdownOutput());
        stage().done(pair.client().send(stage().outgoing().sequence(1000, 100)));
        stage().done(pair.client().shutdownOutput());
        stage().complete(receive);
        Probe<Void> closed = stage().run(pair.server().onClose());
        Probe<Void> close = stage().run(pair.server().close());
        stage().complete(close);
        for (Probe<?> probe : List.of(receive, send, end, closed)) {
            stage().complete(probe);
            assertEquals(Set.of(server), probe.threads());
        }
    }

    @Test
    default void shouldSignalErrorsOnTheConnectionsThread() {
        Pair pair = stage().pair();
        Thread server = stage().thread(pair.server());
        Bytes receive = stage().bytes(pair.server(), 1);
        Probe<Void> send =
                stage().run(pair.server().send(stage().outgoing().sequence(8_000_000, 4096)));
        pair.client().dispose();
        for (Probe<?> probe : List.of(receive, send)) {
            stage().await(() -> "it fails: " + probe, probe::isDone);
            assertEquals(Set.of(server), probe.threads());
        }
        Bytes second = stage().bytes(pair.server(), 1);
        stage().failure(IllegalStateException.class, second);
        assertEquals(Set.of(server), second.threads());
    }

    @Test
    default void shouldEmitAConnectionOnItsThread() {
        Listener listener = stage().listen();
        stage().serve(listener, conn -> conn.send(conn.receive()));
        AtomicReference<@Nullable Thread> emitted = new AtomicReference<>();
        Connection client =
                stage().track(
                                stage().get(
                                                stage().transport()
                                                        .connect(stage().to(listener.address()))
                                                        .doOnNext(
                                                                conn ->
                                                                        emitted.set(
                                                                                Thread
                                                                                        .currentThread()))));
        assertEquals(stage().thread(client), emitted.get());
    }

    @Test
    default void shouldTakeCallsOfForeignThreads() {
        Pair pair = stage().pair();
        Thread server = stage().thread(pair.server());
        Bytes bytes = new Bytes(Bytes.Content.SEQUENCE);
        stage().elsewhere(() -> stage().subscribe(pair.server().receive(), bytes, 0));
        List<Probe<Void>> sends = new ArrayList<>();
        stage().elsewhere(
                        () ->
                                sends.add(
                                        stage().run(
                                                        pair.client()
                                                                .send(
                                                                        stage().outgoing()
                                                                                .sequence(
                                                                                        10_000,
                                                                                        500)))));
        while (bytes.bytes() < 10_000) {
            int before = bytes.count();
            stage().elsewhere(() -> bytes.request(1));
            stage().await(() -> "one more: " + bytes, () -> bytes.count() > before);
        }
        stage().complete(sends.getFirst());
        stage().elsewhere(bytes::cancel);
        stage().elsewhere(() -> pair.client().dispose());
        stage().done(pair.client().onClose());
        assertEquals(Set.of(server), bytes.threads());
    }
}
