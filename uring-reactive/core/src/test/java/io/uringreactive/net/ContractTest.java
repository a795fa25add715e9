// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.UringNet;
import io.uringreactive.testing.RuleProbe;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.Scannable.Attr;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Connections and listeners, held against the specification's rules and Reactor's conventions. */
class ContractTest extends KernelTest {
    private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

    private static void expectNothingBroken(RuleProbe<?> probe) {
        assertEquals(List.of(), List.copyOf(probe.broken()));
    }

    private static <T> void expectBadRequest(RuleProbe<T> probe) {
        assertInstanceOf(IllegalArgumentException.class, probe.awaitError());
        expectNothingBroken(probe);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldFailABadRequestToReceiveAndGoOnSending(long n) {
        try (Pair pair = Pair.open(group())) {
            RuleProbe<ByteBuf> probe = new RuleProbe<>(ByteBuf::release);
            pair.connection().receive().subscribe(probe);
            probe.request(1);
            pair.peer().write("a");
            Await.until("a buffer", () -> probe.received() == 1);
            pair.peer().write("b");
            probe.request(n);
            expectBadRequest(probe);
            Await.done(pair.connection().sendText("still"));
            assertEquals("still", pair.peer().readText(5));
        }
    }

    @Test
    void shouldFailABadRequestFromWithinOnNextAfterThat() {
        try (Pair pair = Pair.open(group())) {
            RuleProbe<ByteBuf> probe =
                    new RuleProbe<ByteBuf>(ByteBuf::release)
                            .atStart(p -> p.request(10))
                            .atItem(
                                    p -> {
                                        p.request(0);
                                        p.request(5);
                                    });
            pair.connection().receive().subscribe(probe);
            pair.peer().write("a");
            expectBadRequest(probe);
            assertEquals(1, probe.received());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldFailABadRequestToConnectionsAndCloseTheListener(long n) {
        Listener listener = Await.get(UringNet.listen(loopback()));
        RuleProbe<Connection> probe = new RuleProbe<>(Connection::dispose);
        listener.connections().subscribe(probe);
        probe.request(n);
        expectBadRequest(probe);
        Await.done(listener.onClose());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldFailABadRequestToSendAndCancelItsPublisher(long n) {
        AtomicReference<@Nullable Boolean> cancelled = new AtomicReference<>();
        try (Pair pair = Pair.open(group())) {
            RuleProbe<Void> probe = new RuleProbe<>(nothing -> {});
            Flux<ByteBuf> data = Flux.<ByteBuf>never().doOnCancel(() -> cancelled.set(true));
            pair.connection().send(data).subscribe(probe);
            probe.request(n);
            expectBadRequest(probe);
            Await.until("a cancel", () -> cancelled.get() != null);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldFailABadRequestToConnect(long n) {
        Listener listener = Await.get(UringNet.listen(loopback()));
        RuleProbe<Connection> probe = new RuleProbe<>(Connection::dispose);
        UringNet.connect(
                        ConnectOptions.to("127.0.0.1", listener.address().getPort()).group(group()))
                .subscribe(probe);
        probe.request(n);
        expectBadRequest(probe);
        listener.dispose();
        Await.done(listener.onClose());
    }

    @Test
    void shouldHandTheContextOnToPublishersAndHandlers() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (Pair pair = Pair.open(group())) {
            Mono<ByteBuf> data =
                    Mono.deferContextual(
                            view -> {
                                seen.add("send " + view.get("key"));
                                return Mono.just(Unpooled.copiedBuffer(new byte[1]));
                            });
            pair.connection().send(data).contextWrite(Context.of("key", 1)).block(Await.LIMIT);
            pair.connection()
                    .handle(
                            c ->
                                    Mono.deferContextual(
                                            view -> {
                                                seen.add("handle " + view.get("key"));
                                                return Mono.empty();
                                            }))
                    .contextWrite(Context.of("key", 2))
                    .subscribe();
            pair.peer().shutdownOutput();
            Await.done(pair.connection().onClose());
        }
        Listener listener = Await.get(UringNet.listen(loopback()));
        listener.serve(
                        c ->
                                Mono.deferContextual(
                                        view -> {
                                            seen.add("serve " + view.get("key"));
                                            return Mono.empty();
                                        }))
                .contextWrite(Context.of("key", 3))
                .subscribe();
        try (Peer peer = Peer.connect(listener.address())) {
            peer.expectEnd();
        }
        listener.dispose();
        Await.done(listener.onClose());
        assertEquals(List.of("send 1", "handle 2", "serve 3"), List.copyOf(seen));
    }

    @Test
    void shouldReleaseWhatItHoldsAndNotAskTheDiscardHookToo() {
        Queue<Object> discarded = new ConcurrentLinkedQueue<>();
        try (Pair pair = Pair.open(group())) {
            RuleProbe<ByteBuf> probe =
                    new RuleProbe<>(
                            ByteBuf::release,
                            Operators.enableOnDiscard(Context.empty(), discarded::add));
            pair.connection().receive().subscribe(probe);
            probe.request(1);
            pair.peer().write("a");
            Await.until("a buffer", () -> probe.received() == 1);
            pair.peer().write("b");
            Await.until("taken", () -> pair.kernelQueues().unreadBytes() == 0);
            probe.cancel();
            probe.cancel();
            // That nothing is kept is what every test here ends with.
            assertEquals(List.of(), List.copyOf(discarded));
        }
    }

    @Test
    void shouldGiveAPublishersLateErrorToTheDropHook() {
        Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
        Consumer<Throwable> hook = dropped::add;
        AtomicReference<@Nullable CoreSubscriber<? super ByteBuf>> sink = new AtomicReference<>();
        Publisher<ByteBuf> rude =
                subscriber -> {
                    subscriber.onSubscribe(Operators.emptySubscription());
                    sink.set((CoreSubscriber<? super ByteBuf>) subscriber);
                };
        try (Pair pair = Pair.open(group())) {
            RuleProbe<Void> probe =
                    new RuleProbe<>(nothing -> {}, Context.of(ON_ERROR_DROPPED, hook));
            pair.connection().send(rude).subscribe(probe);
            Await.until("subscribed", () -> sink.get() != null);
            CoreSubscriber<? super ByteBuf> send = Objects.requireNonNull(sink.get());
            probe.cancel();
            send.onError(new IllegalStateException("late"));
            Await.until("dropped", () -> !dropped.isEmpty());
            assertFalse(probe.hasEnded());
        }
    }

    @Test
    void shouldTellTheirStateToScans() {
        try (Pair pair = Pair.open(group())) {
            Connection connection = pair.connection();
            RuleProbe<ByteBuf> receiving = new RuleProbe<>(ByteBuf::release);
            connection.receive().subscribe(receiving);
            Scannable receive = Scannable.from(receiving.subscription());
            assertEquals(receiving, receive.scanUnsafe(Attr.ACTUAL));
            assertEquals(connection.scheduler(), receive.scan(Attr.RUN_ON));
            receiving.cancel();
            assertTrue(receive.scanOrDefault(Attr.CANCELLED, false));

            Flux<ByteBuf> data = Flux.never();
            RuleProbe<Void> sending = new RuleProbe<>(nothing -> {});
            Mono<Void> send = connection.send(data);
            send.subscribe(sending);
            assertEquals(data, Scannable.from(send).scan(Attr.PARENT));
            assertEquals(32, Scannable.from(send).scanOrDefault(Attr.PREFETCH, 0));
            Subscription subscription = sending.subscription();
            Scannable scan = Scannable.from(subscription);
            assertEquals(sending, scan.scanUnsafe(Attr.ACTUAL));
            assertEquals(Attr.RunStyle.ASYNC, scan.scan(Attr.RUN_STYLE));
            sending.cancel();
            assertTrue(scan.scanOrDefault(Attr.CANCELLED, false));
            assertFalse(scan.scanOrDefault(Attr.TERMINATED, true));
        }
    }
}
