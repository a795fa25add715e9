// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.context.ContextRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.Completion;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.RingScheduler;
import io.uringreactive.UringNet;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.abi.Opcode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Automatic context propagation: the thread locals of whoever subscribed are there wherever a ring
 * calls a user's code, and gone from the ring's thread afterwards.
 */
class ContextPropagationTest extends KernelTest {
    private static final String KEY = "test.user";
    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void enable() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, USER);
        Hooks.enableAutomaticContextPropagation();
    }

    @AfterAll
    static void disable() {
        Hooks.disableAutomaticContextPropagation();
        boolean removed = ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
        assert removed;
    }

    @BeforeEach
    void forget() {
        seen.clear();
    }

    /** Notes what a user's code sees, and that it runs on a ring. */
    private void look(String where) {
        String thread = Thread.currentThread().getName();
        seen.add(where + " " + USER.get() + (thread.startsWith("uring-") ? "" : " on " + thread));
    }

    private static Context ada(Context context) {
        return context.put(KEY, "ada");
    }

    private void assertSeen(String... places) {
        List<String> expected = new ArrayList<>();
        for (String place : places) {
            expected.add(place + " ada");
        }
        assertEquals(expected, List.copyOf(seen));
        for (RingScheduler ring : group().rings()) {
            String left =
                    Mono.fromCallable(() -> String.valueOf(USER.get())).subscribeOn(ring).block();
            assertEquals("null", left, "left behind on " + ring);
        }
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    @Test
    void shouldReachAReceiver() {
        try (Pair pair = Pair.open(group())) {
            pair.peer().write("x");
            pair.peer().shutdownOutput();
            Await.done(
                    pair.connection()
                            .receive()
                            .doOnNext(ByteBuf::release)
                            .doOnNext(buffer -> look("next"))
                            .doOnComplete(() -> look("complete"))
                            .then()
                            .contextWrite(ContextPropagationTest::ada));
            assertSeen("next", "complete");
        }
    }

    @Test
    void shouldReachWhatIsSent() {
        try (Pair pair = Pair.open(group())) {
            Await.done(
                    pair.connection()
                            .send(
                                    Flux.defer(
                                            () -> {
                                                look("subscribe");
                                                return Flux.just("a", "b")
                                                        .doOnNext(letter -> look(letter))
                                                        .map(ContextPropagationTest::text);
                                            }))
                            .doOnSuccess(nothing -> look("sent"))
                            .contextWrite(ContextPropagationTest::ada));
            assertEquals("ab", pair.peer().readText(2));
            assertSeen("subscribe", "a", "b", "sent");
        }
    }

    @Test
    void shouldReachAHandler() {
        try (Pair pair = Pair.open(group())) {
            pair.peer().shutdownOutput();
            Await.done(
                    pair.connection()
                            .handle(this::greet)
                            // Not necessarily on the ring: it may be closed already.
                            .doOnSuccess(nothing -> seen.add("closed " + USER.get()))
                            .contextWrite(ContextPropagationTest::ada));
            assertEquals("hello", pair.peer().readText(5));
            assertSeen("handler", "text", "closed");
        }
    }

    private Mono<Void> greet(Connection connection) {
        look("handler");
        return connection.sendText(Mono.fromSupplier(() -> "hello").doOnNext(t -> look("text")));
    }

    @Test
    void shouldReachAServersHandlers() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        CompletableFuture<@Nullable Void> served =
                listener.serve(this::greet).contextWrite(ContextPropagationTest::ada).toFuture();
        try (Peer peer = Peer.connect(listener.address())) {
            assertEquals("hello", peer.readText(5));
            peer.expectEnd();
        }
        listener.dispose();
        Await.done(Mono.fromFuture(served));
        assertSeen("handler", "text");
    }

    @Test
    void shouldReachWhoAcceptsAndWhoConnects() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        CompletableFuture<@Nullable Connection> accepted =
                listener.connections()
                        .doOnNext(connection -> look("accepted"))
                        .next()
                        .contextWrite(ContextPropagationTest::ada)
                        .toFuture();
        Connection connected =
                Await.get(
                        UringNet.connect(ConnectOptions.to(listener.address()).group(group()))
                                .contextWrite(ContextPropagationTest::ada));
        Connection other = Await.get(Mono.fromFuture(accepted));
        assertSeen("accepted");
        seen.clear();
        connected.dispose();
        other.dispose();
        Await.done(connected.onClose().then(other.onClose()).then(listener.onClose()));
        Throwable refused =
                UringNet.connect(ConnectOptions.to(listener.address()).group(group()))
                        .doOnError(error -> look("refused"))
                        .then(Mono.<Throwable>empty())
                        .onErrorResume(Mono::just)
                        .contextWrite(ContextPropagationTest::ada)
                        .block(Await.LIMIT);
        assertEquals(
                "ConnectFailed",
                String.valueOf(refused == null ? null : refused.getClass().getSimpleName()));
        assertSeen("refused");
    }

    @Test
    void shouldReachAPreparationAndItsCompletion() {
        RingScheduler ring = group().next();
        Completion completion =
                Await.get(
                        UringScheduler.of(ring)
                                .submit(
                                        (sqe, memory) -> {
                                            look("prepare");
                                            sqe.opcode(Opcode.NOP);
                                        })
                                .doOnNext(done -> look("done"))
                                .contextWrite(ContextPropagationTest::ada));
        assertEquals(0, completion.result());
        assertSeen("prepare", "done");
    }
}
