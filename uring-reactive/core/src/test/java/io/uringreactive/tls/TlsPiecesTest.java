// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.uringreactive.testing.Rings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ciphertext that arrives in pieces of every size, and demand for what is in it. */
class TlsPiecesTest extends MemoryTest {
    @ParameterizedTest
    @CsvSource({
        "1, TLSv1.3",
        "1, TLSv1.2",
        "2, TLSv1.3",
        "5, TLSv1.3",
        "7, TLSv1.2",
        "100, TLSv1.3",
        "16000, TLSv1.3",
        "1000000, TLSv1.3",
        "1000000, TLSv1.2"
    })
    void shouldReadPiecesOf(int pieceBytes, String protocol) {
        Ends ends = open(pieceBytes, TlsOptions.defaults().protocols(protocol));
        String text = "0123456789".repeat(4_000);
        ends.server().send(ends.server().receive()).then(ends.server().close()).subscribe();
        Mono<String> reply = RingTest.text(ends.client().receive());
        assertEquals(
                text,
                ends.client()
                        .sendText(text)
                        .then(ends.client().shutdownOutput())
                        .then(Mono.<String>empty())
                        .mergeWith(reply)
                        .single()
                        .block(Rings.LIMIT));
        ends.close();
    }

    @Test
    void shouldPutSmallSendsOfOneTurnIntoOneRecord() {
        Ends ends = open(1_000_000, TlsOptions.defaults());
        List<Integer> sizes = new ArrayList<>();
        Mono<Void> reading =
                ends.server()
                        .receive()
                        .doOnNext(
                                b -> {
                                    sizes.add(b.readableBytes());
                                    b.release();
                                })
                        .then();
        List<Mono<Void>> sends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sends.add(ends.client().sendText("ten bytes."));
        }
        // On the ring: all of them in one turn.
        Mono.when(sends)
                .subscribeOn(ring)
                .then(ends.client().shutdownOutput())
                .and(reading)
                .block(Rings.LIMIT);
        assertEquals(1000, sizes.stream().mapToInt(i -> i).sum());
        assertTrue(sizes.size() <= 3, () -> "records: " + sizes);
        ends.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldHoldLittleForASubscriberThatStops(int requested) {
        Ends ends = open(1_000_000, TlsOptions.defaults());
        AtomicInteger produced = new AtomicInteger();
        AtomicInteger got = new AtomicInteger();
        BaseSubscriber<ByteBuf> taker =
                new BaseSubscriber<>() {
                    @Override
                    protected void hookOnSubscribe(Subscription subscription) {
                        subscription.request(requested);
                    }

                    @Override
                    protected void hookOnNext(ByteBuf value) {
                        got.incrementAndGet();
                        value.release();
                    }
                };
        ends.server().receive().subscribe(taker);
        ends.client()
                .send(
                        Flux.range(0, 10_000)
                                .map(
                                        i -> {
                                            produced.incrementAndGet();
                                            return ByteBufAllocator.DEFAULT
                                                    .directBuffer(16_384)
                                                    .writeZero(16_384);
                                        }))
                .onErrorComplete()
                .subscribe();
        Rings.await("what was asked for came", () -> got.get() == requested);
        AtomicInteger before = new AtomicInteger(-1);
        Rings.await(
                "the sender stalls",
                () -> {
                    Mono.delay(Duration.ofMillis(20), ring).block(Rings.LIMIT);
                    return before.getAndSet(produced.get()) == produced.get();
                });
        assertEquals(requested, got.get());
        // The transport's 64 KiB, as much of ciphertext, of plaintext, and what was asked ahead.
        assertTrue(produced.get() <= requested + 32, () -> produced + " records were produced");
        assertTrue(ends.serverSide().mostHeld() < 128 * 1024, () -> "held too much");
        ends.close();
    }

    @Test
    void shouldReleaseWhateverMeetsACancelOrAnAbort() {
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            Ends ends = open(1 + random.nextInt(3_000), TlsOptions.defaults());
            ends.server().send(ends.server().receive()).onErrorComplete().subscribe();
            var receiving = ends.client().receive().onErrorComplete().subscribe(ByteBuf::release);
            var sending =
                    ends.client()
                            .send(
                                    Flux.range(0, 60)
                                            .map(
                                                    i ->
                                                            ByteBufAllocator.DEFAULT
                                                                    .directBuffer(9_000)
                                                                    .writeZero(9_000)))
                            .onErrorComplete()
                            .subscribe();
            Mono.delay(Duration.ofNanos(random.nextInt(3_000_000)), ring).block(Rings.LIMIT);
            switch (random.nextInt(5)) {
                case 0 -> receiving.dispose();
                case 1 -> sending.dispose();
                case 2 -> ends.clientSide().dispose();
                case 3 -> ends.serverSide().dispose();
                default -> ends.server().close().subscribe();
            }
            ends.close();
        }
    }
}
