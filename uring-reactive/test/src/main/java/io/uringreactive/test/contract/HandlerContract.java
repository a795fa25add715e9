// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.uringreactive.Connection;
import io.uringreactive.ConnectionReset;
import io.uringreactive.Listener;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** What a handler does stays with its connection. */
public interface HandlerContract extends Theme {
    private static IllegalStateException broken() {
        return new IllegalStateException("thrown by a test's handler");
    }

    @Test
    default void shouldCloseTheConnectionWhenItsHandlerCompletes() {
        Listener listener = stage().listen();
        stage().serve(listener, conn -> conn.sendText("bye"));
        Connection client = stage().connect(listener.address());
        Bytes got = stage().text(client);
        stage().complete(got);
        assertEquals("bye", got.text());
    }

    @Test
    default void shouldResetTheConnectionOfAHandlerThatFailsAndServeTheOthers() {
        List<Function<Connection, Publisher<Void>>> failing =
                List.of(
                        conn -> Mono.error(broken()),
                        conn -> {
                            throw broken();
                        },
                        conn ->
                                conn.receive()
                                        .doOnNext(
                                                buffer -> {
                                                    buffer.release();
                                                    throw broken();
                                                })
                                        .then());
        for (Function<Connection, Publisher<Void>> handler : failing) {
            Listener listener = stage().listen();
            AtomicBoolean first = new AtomicBoolean(true);
            Probe<Void> serving =
                    stage().serve(
                                    listener,
                                    conn ->
                                            first.getAndSet(false)
                                                    ? handler.apply(conn)
                                                    : conn.send(conn.receive()));
            Connection victim = stage().connect(listener.address());
            stage().run(victim.sendText("x"));
            stage().failure(ConnectionReset.class, stage().text(victim));
            Connection other = stage().connect(listener.address());
            Bytes echo = stage().text(other);
            stage().done(other.sendText("hello"));
            stage().await(() -> "the others go on: " + echo, () -> echo.text().equals("hello"));
            assertFalse(serving.isDone(), "serving goes on");
        }
    }

    @Test
    default void shouldContainAPeersReset() {
        Listener listener = stage().listen();
        Probe<Void> handled =
                stage().run(
                                listener.connections()
                                        .take(2)
                                        .flatMap(conn -> conn.handle(c -> c.send(c.receive())))
                                        .then());
        stage().connect(listener.address()).dispose();
        Connection other = stage().connect(listener.address());
        Bytes echo = stage().text(other);
        stage().done(other.sendText("hello"));
        stage().await(() -> "the others go on: " + echo, () -> echo.text().equals("hello"));
        stage().done(other.shutdownOutput());
        stage().complete(handled);
    }

    @Test
    default void shouldCancelTheHandlerWhenTheConnectionHasEnded() {
        Pair pair = stage().pair();
        AtomicBoolean running = new AtomicBoolean();
        AtomicBoolean cancelled = new AtomicBoolean();
        Mono<Void> endless =
                Mono.<Void>never()
                        .doOnSubscribe(subscription -> running.set(true))
                        .doOnCancel(() -> cancelled.set(true));
        Probe<Void> handled = stage().run(pair.server().handle(conn -> endless));
        stage().await("it runs", running::get);
        pair.server().dispose();
        stage().complete(handled);
        stage().await("the handler is cancelled", cancelled::get);
    }

    @Test
    default void shouldNotRunAHandlerOnAConnectionThatHasEnded() {
        Pair pair = stage().pair();
        pair.server().dispose();
        stage().done(pair.server().onClose());
        AtomicBoolean ran = new AtomicBoolean();
        stage().done(pair.server().handle(conn -> Mono.fromRunnable(() -> ran.set(true))));
        assertFalse(ran.get());
    }

    @Test
    default void shouldAbortWhenTheHandleIsCancelled() {
        Pair pair = stage().pair();
        AtomicBoolean running = new AtomicBoolean();
        AtomicBoolean cancelled = new AtomicBoolean();
        Mono<Void> endless =
                Mono.<Void>never()
                        .doOnSubscribe(subscription -> running.set(true))
                        .doOnCancel(() -> cancelled.set(true));
        Probe<Void> handled = stage().run(pair.server().handle(conn -> endless));
        stage().await("it runs", running::get);
        handled.cancel();
        // The end may have met the cancel; after that nothing comes.
        boolean done = handled.isDone();
        stage().failure(ConnectionReset.class, stage().text(pair.client()));
        stage().done(pair.server().onClose());
        stage().await("the handler is cancelled", cancelled::get);
        assertEquals(done, handled.isDone(), "told after the cancel");
    }

    @Test
    default void shouldRunTheHandlerOnTheConnectionsThread() {
        Pair pair = stage().pair();
        AtomicReference<@Nullable Thread> called = new AtomicReference<>();
        AtomicReference<@Nullable Thread> subscribed = new AtomicReference<>();
        Thread expected = stage().thread(pair.server());
        Probe<Void> handled =
                stage().run(
                                pair.server()
                                        .handle(
                                                conn -> {
                                                    called.set(Thread.currentThread());
                                                    return Mono.fromRunnable(
                                                            () ->
                                                                    subscribed.set(
                                                                            Thread
                                                                                    .currentThread()));
                                                }));
        stage().complete(stage().text(pair.client()));
        stage().done(pair.client().close());
        stage().complete(handled);
        assertEquals(expected, called.get());
        assertEquals(expected, subscribed.get());
        assertNull(handled.error());
    }
}
