// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ConnectionClosed;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Each direction ends by itself, and an end in order loses nothing. */
public interface EndContract extends Theme {
    int TOTAL = 500_000;

    @Test
    default void shouldCompleteAtThePeersEndAndGoOnSending() {
        Pair pair = stage().pair();
        Bytes server = stage().text(pair.server());
        Bytes client = stage().text(pair.client());
        stage().done(pair.client().sendText("last"));
        stage().done(pair.client().shutdownOutput());
        stage().complete(server);
        assertEquals("last", server.text());
        stage().done(pair.server().sendText("answer"));
        stage().await(() -> "the answer arrives: " + client, () -> client.text().equals("answer"));
        assertFalse(client.isDone(), "the other direction goes on");
        assertFalse(pair.server().isDisposed());
        stage().done(pair.server().shutdownOutput());
        stage().complete(client);
    }

    @Test
    default void shouldGoOnReceivingWhenTheOutputIsShutDown() {
        Pair pair = stage().pair();
        Bytes server = stage().bytes(pair.server(), Long.MAX_VALUE);
        stage().done(pair.server().shutdownOutput());
        stage().done(pair.client().send(stage().outgoing().sequence(TOTAL, 5000)));
        stage().await(() -> "all arrives: " + server, () -> server.bytes() == TOTAL);
        assertFalse(pair.server().isDisposed());
    }

    @Test
    default void shouldFailASendAfterTheOutputWasShutDown() {
        Pair pair = stage().pair();
        stage().done(pair.client().shutdownOutput());
        stage().failure(ConnectionClosed.class, pair.client().sendText("late"));
    }

    @Test
    default void shouldShutTheOutputDownOnce() {
        Pair pair = stage().pair();
        Bytes server = stage().text(pair.server());
        stage().done(pair.client().sendText("all"));
        Mono<Void> end = pair.client().shutdownOutput();
        stage().holds("nothing happens before it is subscribed", () -> !server.isDone());
        stage().done(end);
        Probe<Void> again = stage().run(end);
        stage().await("the second ends too", again::isDone);
        stage().complete(server);
        assertEquals("all", server.text());
    }

    @Test
    default void shouldEndBehindWhatIsQueued() {
        Pair pair = stage().pair();
        Bytes server = stage().bytes(pair.server(), 0);
        Probe<Void> send =
                stage().run(pair.client().send(stage().outgoing().sequence(TOTAL, 5000)));
        Probe<Void> end = stage().run(pair.client().shutdownOutput());
        server.request(Long.MAX_VALUE);
        stage().complete(send);
        stage().complete(end);
        stage().complete(server);
        assertEquals(TOTAL, server.bytes());
    }

    @Test
    default void shouldLoseNothingWhenItClosesWithDataQueuedAndInputUnread() {
        Pair pair = stage().pair();
        stage().done(pair.server().send(stage().outgoing().sequence(20_000, 1000)));
        Probe<Void> send =
                stage().run(pair.client().send(stage().outgoing().sequence(TOTAL, 5000)));
        Probe<Void> close = stage().run(pair.client().close());
        Bytes server = stage().bytes(pair.server(), 0);
        while (server.bytes() < TOTAL && !server.isDone()) {
            int before = server.count();
            server.request(1);
            stage().await(
                            () -> "more arrives: " + server,
                            () -> server.count() > before || server.isDone());
        }
        server.request(1);
        stage().complete(server);
        assertEquals(TOTAL, server.bytes());
        stage().complete(send);
        stage().done(pair.server().close());
        stage().complete(close);
    }

    @Test
    default void shouldCloseOnceHoweverOftenItIsAsked() {
        Pair pair = stage().pair();
        Mono<Void> closing = pair.client().close();
        Probe<Void> closed = stage().run(pair.client().onClose());
        stage().holds("open before it is subscribed", () -> !pair.client().isDisposed());
        Probe<Void> first = stage().run(closing);
        Probe<Void> second = stage().run(closing);
        Bytes server = stage().text(pair.server());
        stage().complete(server);
        assertFalse(closed.isDone(), "it waits for the peer's end");
        stage().done(pair.server().close());
        stage().complete(first);
        stage().complete(second);
        stage().complete(closed);
        assertTrue(pair.client().isDisposed());
        pair.client().dispose();
        stage().done(pair.client().close());
        stage().done(pair.client().onClose());
    }

    @Test
    default void shouldFailWhatIsSubscribedAfterTheClose() {
        Pair pair = stage().pair();
        Probe<Void> close = stage().run(pair.client().close());
        stage().done(pair.server().close());
        stage().complete(close);
        stage().failure(ConnectionClosed.class, pair.client().sendText("late"));
        stage().failure(ConnectionClosed.class, pair.client().receive());
        stage().done(pair.client().shutdownOutput());
    }

    @Test
    default void shouldCompleteTheCloseAlsoAfterAnAbort() {
        Pair pair = stage().pair();
        pair.client().dispose();
        assertTrue(pair.client().isDisposed());
        pair.client().dispose();
        stage().done(pair.client().close());
        stage().done(pair.client().onClose());
        stage().failure(ConnectionClosed.class, pair.client().sendText("late"));
        stage().failure(ConnectionClosed.class, pair.client().shutdownOutput());
    }
}
