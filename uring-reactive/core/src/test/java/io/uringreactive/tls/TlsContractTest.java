// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.uringreactive.testing.Rings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Rules of a connection that hold under TLS as they do without. */
class TlsContractTest extends MemoryTest {
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldCompleteASendOfNothingButEmptyBuffers(String protocol) {
        Ends ends = open(1_000, TlsOptions.defaults().protocols(protocol));
        AtomicInteger records = new AtomicInteger();
        ends.serverSide()
                .onArrival(
                        bytes -> {
                            records.incrementAndGet();
                            return bytes;
                        });
        Flux<ByteBuf> empties =
                Flux.range(0, 100).map(i -> ByteBufAllocator.DEFAULT.directBuffer(16));
        ends.client().send(Mono.just(Unpooled.EMPTY_BUFFER)).block(Rings.LIMIT);
        ends.client().send(empties).block(Rings.LIMIT);
        assertEquals(0, records.get());
        CompletableFuture<@Nullable String> got = RingTest.text(ends.server().receive()).toFuture();
        ends.client()
                .send(empties.concatWith(Mono.just(Unpooled.copiedBuffer(new byte[] {'a'}))))
                .then(ends.client().close())
                .block(Rings.LIMIT);
        assertEquals("a", got.join());
        ends.close();
    }

    private Mono<TlsConnection> handshake(MemoryConnection side, boolean client) {
        return client
                ? Tls.client(clientContext).secure(side, "localhost", 443)
                : Tls.server(serverContext).secure(side);
    }

    /** A secure connection that nobody asks for any more is nobody's to end. */
    @Test
    void shouldAbortWhatItsSubscriberHasNotTakenWhenThatCancels() {
        MemoryConnection[] pair = MemoryConnection.pair(ring, 1_000);
        BaseSubscriber<TlsConnection> patient =
                new BaseSubscriber<>() {
                    @Override
                    protected void hookOnSubscribe(Subscription subscription) {
                        // Nothing is requested.
                    }
                };
        handshake(pair[0], true).subscribe(patient);
        TlsConnection server = handshake(pair[1], false).block(Rings.LIMIT);
        // Answered by the other side's pump: it has finished, too.
        Mono.delay(Duration.ofMillis(1), ring).block(Rings.LIMIT);
        patient.cancel();
        pair[0].onClose().block(Rings.LIMIT);
        if (server != null) {
            server.dispose();
        }
        pair[1].onClose().block(Rings.LIMIT);
    }

    @Test
    void shouldDropNoErrorWhenAHandshakeIsCancelled() {
        MemoryConnection[] pair = MemoryConnection.pair(ring, 1_000);
        AtomicReference<Throwable> dropped = new AtomicReference<>();
        Consumer<Throwable> onDropped = dropped::set;
        var waiting =
                handshake(pair[0], true)
                        .subscribe(
                                c -> {},
                                e -> {},
                                null,
                                Context.of("reactor.onErrorDropped.local", onDropped));
        Mono.delay(Duration.ofMillis(1), ring).block(Rings.LIMIT);
        waiting.dispose();
        pair[0].onClose().block(Rings.LIMIT);
        assertNull(dropped.get());
        pair[1].dispose();
        pair[1].onClose().block(Rings.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void shouldFailAReceiveThatAsksForNothing(long n) {
        Ends ends = open(1_000, TlsOptions.defaults());
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        ends.server()
                .receive()
                .subscribe(
                        new BaseSubscriber<>() {
                            @Override
                            protected void hookOnSubscribe(Subscription subscription) {
                                subscription.request(n);
                            }

                            @Override
                            protected void hookOnError(Throwable error) {
                                failed.complete(error);
                            }
                        });
        assertInstanceOf(IllegalArgumentException.class, failed.join());
        ends.close();
    }

    /** Rule 1.3: what was decrypted before there is a subscriber waits until it knows. */
    @Test
    void shouldSignalNothingWhileOnSubscribeRuns() {
        MemoryConnection[] pair = MemoryConnection.pair(ring, 100_000);
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        Mono<Void> sends =
                handshake(pair[0], true).flatMap(c -> c.sendText("at once").then(c.close()));
        Mono<Void> receives =
                handshake(pair[1], false)
                        .doOnNext(c -> c.receive().subscribe(new Noting(seen)))
                        .then();
        Mono.when(receives, sends).block(Rings.LIMIT);
        assertEquals(List.of("subscribing", "subscribed", "at once", "end"), seen.join());
        pair[1].dispose();
        pair[1].onClose().block(Rings.LIMIT);
    }

    private static final class Noting extends BaseSubscriber<ByteBuf> {
        private final List<String> notes = new ArrayList<>();
        private final CompletableFuture<List<String>> end;

        Noting(CompletableFuture<List<String>> end) {
            this.end = end;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            notes.add("subscribing");
            subscription.request(Long.MAX_VALUE);
            notes.add("subscribed");
        }

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            notes.add(buffer.toString(UTF_8));
            buffer.release();
        }

        @Override
        protected void hookOnComplete() {
            notes.add("end");
            end.complete(notes);
        }

        @Override
        protected void hookOnError(Throwable error) {
            end.completeExceptionally(error);
        }
    }
}
