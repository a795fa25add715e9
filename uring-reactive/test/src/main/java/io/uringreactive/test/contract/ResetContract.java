// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ConnectionClosed;
import io.uringreactive.ConnectionReset;
import org.junit.jupiter.api.Test;

/** An abort is seen at both ends as what it is, whatever they are doing. */
public interface ResetContract extends Theme {
    /** More than the largest buffers that a kernel gives two ends of a connection. */
    int PLENTY_BYTES = 64 * 1024 * 1024;

    @Test
    default void shouldFailTheReceiveWhenThePeerAborts() {
        Pair pair = stage().pair();
        Bytes server = stage().bytes(pair.server(), 10);
        stage().done(pair.client().send(stage().outgoing().sequence(10, 10)));
        stage().await("the first bytes arrive", () -> server.bytes() == 10);
        server.request(5);
        pair.client().dispose();
        stage().failure(ConnectionReset.class, server);
        stage().failure(ConnectionReset.class, pair.server().sendText("late"));
    }

    @Test
    default void shouldFailTheUnboundedReceiveWhenThePeerAborts() {
        Pair pair = stage().pair();
        Bytes server = stage().bytes(pair.server(), Long.MAX_VALUE);
        pair.client().dispose();
        stage().failure(ConnectionReset.class, server);
    }

    @Test
    default void shouldFailTheSendWhenThePeerAborts() {
        Pair pair = stage().pair();
        Probe<Void> send =
                stage().run(pair.server().send(stage().outgoing().sequence(PLENTY_BYTES, 4096)));
        long stalled = stage().settled(() -> stage().outgoing().bytes());
        assertTrue(stalled > 0 && !send.isDone(), "it sends: " + send);
        pair.client().dispose();
        stage().failure(ConnectionReset.class, send);
        stage().await(
                        stage().outgoing()::unreleased,
                        () -> stage().outgoing().unreleased().isEmpty());
    }

    @Test
    default void shouldTellALateReceiverOfTheAbortThatASendHasMet() {
        Pair pair = stage().pair();
        Probe<Void> send =
                stage().run(pair.server().send(stage().outgoing().sequence(PLENTY_BYTES, 4096)));
        stage().settled(() -> stage().outgoing().bytes());
        pair.client().dispose();
        stage().failure(ConnectionReset.class, send);
        stage().failure(ConnectionReset.class, stage().bytes(pair.server(), 1));
    }

    @Test
    default void shouldTellOfAnAbortThatMetItIdle() {
        Pair pair = stage().pair();
        pair.client().dispose();
        stage().done(pair.client().onClose());
        stage().failure(ConnectionReset.class, stage().bytes(pair.server(), 1));
    }

    @Test
    default void shouldEndEverythingOfItsOwnWhenItAborts() {
        Pair pair = stage().pair();
        Bytes receive = stage().bytes(pair.server(), 1);
        Probe<Void> send =
                stage().run(pair.server().send(stage().outgoing().sequence(PLENTY_BYTES, 4096)));
        Probe<Void> closed = stage().run(pair.server().onClose());
        stage().settled(() -> stage().outgoing().bytes());
        pair.server().dispose();
        stage().failure(ConnectionClosed.class, receive);
        stage().failure(ConnectionClosed.class, send);
        stage().complete(closed);
        Bytes client = stage().bytes(pair.client(), Long.MAX_VALUE);
        stage().failure(ConnectionReset.class, client);
    }
}
