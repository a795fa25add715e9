// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.SocketOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Nobody is given more than was requested, and who requests nothing stops the sender. */
public interface DemandContract extends Theme {
    int KERNEL_BYTES = 16 * 1024;
    int PLENTY_BYTES = 4 * 1024 * 1024;

    /** What a stalled connection may hold in the library and the kernel of both ends. */
    int STALLED_BYTES_MAX = 1024 * 1024;

    int REQUEST_AT_FIRST = 32;

    private Pair smallPair() {
        SocketOptions small =
                SocketOptions.defaults()
                        .receiveBufferBytes(KERNEL_BYTES)
                        .sendBufferBytes(KERNEL_BYTES);
        return stage().pair(listen -> listen.socket(small), connect -> connect.socket(small));
    }

    @Test
    default void shouldEmitNoMoreThanRequested() {
        Pair pair = stage().pair();
        Bytes bytes = stage().bytes(pair.server(), 0);
        stage().run(pair.client().send(stage().outgoing().sequence(600_000, 1000)));
        stage().holds("nothing is emitted: " + bytes, () -> bytes.count() == 0);
        int requested = 0;
        for (int n = 1; n <= 3; n++) {
            requested += n;
            int expected = requested;
            bytes.request(n);
            stage().await(() -> "as many as requested: " + bytes, () -> bytes.count() >= expected);
            stage().holds("no more than requested", () -> bytes.count() == expected);
        }
    }

    @Test
    default void shouldStopThePeerWithoutDemandAndGoOnWithIt() {
        Pair pair = smallPair();
        Bytes bytes = stage().bytes(pair.server(), 1);
        Probe<Void> send =
                stage().run(pair.client().send(stage().outgoing().sequence(PLENTY_BYTES, 1024)));
        long taken = stage().settled(() -> stage().outgoing().bytes());
        assertTrue(taken - bytes.bytes() <= STALLED_BYTES_MAX, () -> taken + " bytes were taken");
        assertEquals(1, bytes.count());
        bytes.request(Long.MAX_VALUE - 1);
        stage().complete(send);
        stage().done(pair.client().shutdownOutput());
        stage().complete(bytes);
        assertEquals(PLENTY_BYTES, bytes.bytes());
    }

    @Test
    default void shouldServeASlowReader() {
        Pair pair = smallPair();
        int total = 200_000;
        Bytes bytes = stage().bytes(pair.server(), 0);
        stage().run(
                        pair.client()
                                .send(stage().outgoing().sequence(total, 3000))
                                .then(pair.client().shutdownOutput()));
        while (bytes.bytes() < total) {
            int before = bytes.count();
            bytes.request(1);
            stage().await(() -> "the next one: " + bytes, () -> bytes.count() > before);
        }
        stage().complete(bytes);
        assertEquals(total, bytes.bytes());
    }

    @Test
    default void shouldServeASlowWriter() {
        Pair pair = stage().pair();
        Bytes bytes = stage().bytes(pair.server(), Long.MAX_VALUE);
        Sinks.Many<ByteBuf> source = Sinks.many().unicast().onBackpressureBuffer();
        Probe<Void> send = stage().run(pair.client().send(source.asFlux()));
        for (int i = 1; i <= 30; i++) {
            int total = 100 * i;
            ByteBuf next = stage().outgoing().of(Sequence.bytes(total - 100, 100));
            assertEquals(Sinks.EmitResult.OK, source.tryEmitNext(next));
            stage().await(() -> "it arrives at once: " + bytes, () -> bytes.bytes() == total);
        }
        assertEquals(Sinks.EmitResult.OK, source.tryEmitComplete());
        stage().complete(send);
    }

    @Test
    default void shouldRequestOfASendsPublisherInBounds() {
        Pair pair = smallPair();
        AtomicLong outstanding = new AtomicLong();
        AtomicLong outstandingMax = new AtomicLong();
        AtomicInteger emitted = new AtomicInteger();
        List<Long> requests = new CopyOnWriteArrayList<>();
        Flux<ByteBuf> source =
                stage().outgoing()
                        .sequence(PLENTY_BYTES, 1024)
                        .doOnNext(
                                buffer -> {
                                    outstanding.decrementAndGet();
                                    emitted.incrementAndGet();
                                })
                        .hide()
                        .doOnRequest(
                                n -> {
                                    requests.add(n);
                                    long now = outstanding.addAndGet(n);
                                    outstandingMax.accumulateAndGet(now, Math::max);
                                });
        Probe<Void> send = stage().run(pair.client().send(source));
        long count = stage().settled(emitted::get);
        assertTrue(count < PLENTY_BYTES / 1024 / 2, () -> count + " were taken of a stalled send");
        Bytes bytes = stage().bytes(pair.server(), Long.MAX_VALUE);
        stage().complete(send);
        stage().await(() -> "all arrive: " + bytes, () -> bytes.bytes() == PLENTY_BYTES);
        assertEquals(REQUEST_AT_FIRST, requests.getFirst());
        assertTrue(outstandingMax.get() <= REQUEST_AT_FIRST, () -> "requested " + outstandingMax);
    }

    @Test
    default void shouldFailTheReceiveForARequestBelowOne() {
        for (long n : new long[] {0, -1}) {
            Pair pair = stage().pair();
            Bytes bytes = stage().bytes(pair.server(), 0);
            bytes.request(n);
            stage().failure(IllegalArgumentException.class, bytes);
            stage().done(pair.server().sendText("sending goes on"));
        }
    }

    @Test
    default void shouldRefuseASecondSubscriberAtAnyTime() {
        Pair pair = stage().pair();
        Bytes bytes = stage().bytes(pair.server(), 10);
        stage().failure(IllegalStateException.class, pair.server().receive());
        stage().done(pair.client().send(stage().outgoing().sequence(10, 10)));
        stage().await(() -> "the first goes on: " + bytes, () -> bytes.bytes() == 10);
        bytes.request(1);
        stage().done(pair.client().shutdownOutput());
        stage().complete(bytes);
        stage().failure(IllegalStateException.class, pair.server().receive());
    }
}
