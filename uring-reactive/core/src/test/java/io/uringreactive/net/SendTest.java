// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.SocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What is sent: order, all kinds of buffers, and demand on the publisher. */
class SendTest extends KernelTest {
    private static final int KERNEL_BYTES = 16 * 1024;

    private static UnaryOperator<ListenOptions> withSmallKernelBuffers() {
        return options -> options.socket(SocketOptions.defaults().sendBufferBytes(KERNEL_BYTES));
    }

    @Test
    void shouldKeepTheOrderOfEachOfSeveralSends() {
        int sends = 8;
        int frames = 2_000;
        try (Pair pair = Pair.open(group())) {
            List<Disposable> running = new ArrayList<>();
            for (int send = 0; send < sends; send++) {
                int id = send;
                Flux<ByteBuf> data =
                        Flux.range(0, frames)
                                .map(i -> Unpooled.directBuffer(8).writeInt(id).writeInt(i));
                running.add(pair.connection().send(data).subscribe());
            }
            ByteBuf all = Unpooled.wrappedBuffer(pair.peer().read(sends * frames * 8));
            int[] next = new int[sends];
            while (all.isReadable()) {
                int id = all.readInt();
                assertEquals(next[id]++, all.readInt(), "frame of send " + id);
            }
            Await.until("done", () -> running.stream().allMatch(Disposable::isDisposed));
        }
    }

    @Test
    void shouldSend64MiBToASlowReader() {
        int bufferBytes = 64 * 1024;
        int buffers = 1024;
        Tracked tracked = new Tracked();
        try (Pair pair = Pair.open(group(), withSmallKernelBuffers(), KERNEL_BYTES)) {
            Disposable sending =
                    pair.connection()
                            .send(Flux.range(0, buffers).map(i -> tracked.next(bufferBytes)))
                            .subscribe();
            long bytes = (long) buffers * bufferBytes;
            assertEquals(bytes, pair.peer().checkSequence(0, bytes));
            Await.until("done", sending::isDisposed);
            tracked.expectAllReleased();
        }
    }

    @Test
    void shouldSendAnyKindOfBuffer() {
        Tracked tracked = new Tracked();
        ByteBuf sliced = tracked.add(Unpooled.directBuffer().writeBytes(Sequence.bytes(90, 30)));
        ByteBuffer nio = ByteBuffer.allocateDirect(20);
        nio.put(Sequence.bytes(210, 20)).flip();
        List<ByteBuf> kinds =
                List.of(
                        tracked.add(Unpooled.buffer().writeBytes(Sequence.bytes(0, 10))),
                        tracked.add(Unpooled.wrappedBuffer(Sequence.bytes(10, 20))),
                        Unpooled.EMPTY_BUFFER,
                        tracked.add(
                                Unpooled.wrappedBuffer(
                                        Unpooled.copiedBuffer(Sequence.bytes(30, 20)),
                                        Unpooled.directBuffer()
                                                .writeBytes(Sequence.bytes(50, 20)))),
                        tracked.add(Unpooled.directBuffer().writeBytes(Sequence.bytes(70, 20)))
                                .asReadOnly(),
                        sliced.readRetainedSlice(10),
                        tracked.add(Unpooled.directBuffer(0)),
                        sliced.retainedSlice(10, 10),
                        sliced.skipBytes(10),
                        tracked.add(Unpooled.compositeBuffer()),
                        tracked.add(Unpooled.copiedBuffer(Sequence.bytes(120, 90))).asReadOnly(),
                        tracked.add(Unpooled.wrappedBuffer(nio.asReadOnlyBuffer())),
                        tracked.add(Unpooled.buffer(0)));
        try (Pair pair = Pair.open(group())) {
            Await.done(pair.connection().send(Flux.fromIterable(kinds)));
            assertEquals(230, pair.peer().checkSequence(0, 230));
            tracked.expectAllReleased();
            Await.done(pair.connection().send(Mono.just(Unpooled.EMPTY_BUFFER)));
            Await.done(pair.connection().send(Flux.empty()));
        }
    }

    @Test
    void shouldGatherManySmallBuffers() {
        int buffers = 20_000;
        Tracked tracked = new Tracked();
        try (Pair pair = Pair.open(group())) {
            RingScheduler ring = (RingScheduler) pair.connection().scheduler();
            long before = status(ring).counters().submitted();
            Disposable sending =
                    pair.connection()
                            .send(Flux.range(0, buffers).map(i -> tracked.next(3)))
                            .subscribe();
            assertEquals(buffers * 3L, pair.peer().checkSequence(0, buffers * 3L));
            Await.until("done", sending::isDisposed);
            long submitted = status(ring).counters().submitted() - before;
            assertTrue(submitted < buffers / 10, () -> submitted + " SQEs for so few bytes");
            tracked.expectAllReleased();
        }
    }

    @Test
    void shouldRequest32AndNoMoreWhileThePeerDoesNotRead() {
        int bufferBytes = 16 * 1024;
        int highWaterBytes = 32 * 1024;
        AtomicLong requested = new AtomicLong();
        Tracked tracked = new Tracked();
        UnaryOperator<ListenOptions> options =
                withSmallKernelBuffers()
                                .andThen(
                                        o ->
                                                o.connection(
                                                        ConnectionOptions.defaults()
                                                                .sendHighWaterBytes(
                                                                        highWaterBytes)))
                        ::apply;
        try (Pair pair = Pair.open(group(), options, KERNEL_BYTES)) {
            int buffers = 500;
            Disposable sending =
                    pair.connection()
                            .send(
                                    Flux.range(0, buffers)
                                            .map(i -> tracked.next(bufferBytes))
                                            .doOnRequest(requested::addAndGet))
                            .subscribe();
            Await.until("the first request", () -> requested.get() == 32);
            // The kernel takes some, but 32 buffers are far above the high-water mark.
            Await.whileHolds(
                    Duration.ofMillis(200), "32 are requested", () -> requested.get() == 32);
            assertEquals(32, tracked.count());

            long bytes = (long) buffers * bufferBytes;
            assertEquals(bytes, pair.peer().checkSequence(0, bytes));
            Await.until("done", sending::isDisposed);
            assertTrue(requested.get() >= buffers);
            tracked.expectAllReleased();
        }
    }

    @Test
    void shouldKeepTheOrderOfAPublisherOnAnotherScheduler() {
        int buffers = 20_000;
        Tracked tracked = new Tracked();
        try (Pair pair = Pair.open(group())) {
            Disposable sending =
                    pair.connection()
                            .send(
                                    Flux.range(0, buffers)
                                            .map(i -> tracked.next(1 + i % 100))
                                            .publishOn(Schedulers.parallel()))
                            .subscribe();
            long bytes = 0;
            for (int i = 0; i < buffers; i++) {
                bytes += 1 + i % 100;
            }
            assertEquals(bytes, pair.peer().checkSequence(0, bytes));
            Await.until("done", sending::isDisposed);
            tracked.expectAllReleased();
        }
    }

    @Test
    void shouldKeepTheOrderOfAPublisherThatChangesThreads() {
        int buffers = 3_000;
        Tracked tracked = new Tracked();
        try (Pair pair = Pair.open(group())) {
            Connection connection = pair.connection();
            // Each element comes on the ring or on another thread, one after the other.
            Flux<ByteBuf> data =
                    Flux.range(0, buffers)
                            .concatMap(
                                    i ->
                                            Mono.fromSupplier(() -> tracked.next(1 + i % 50))
                                                    .subscribeOn(
                                                            i % 3 == 0
                                                                    ? Schedulers.parallel()
                                                                    : connection.scheduler()));
            Disposable sending = connection.send(data).subscribe();
            long bytes = 0;
            for (int i = 0; i < buffers; i++) {
                bytes += 1 + i % 50;
            }
            assertEquals(bytes, pair.peer().checkSequence(0, bytes));
            Await.until("done", sending::isDisposed);
            tracked.expectAllReleased();
        }
    }

    @Test
    void shouldSendTextAsUtf8() {
        try (Pair pair = Pair.open(group())) {
            Await.done(pair.connection().sendText("gr\u00fc\u00df "));
            Await.done(pair.connection().sendText(Flux.just("dich, ", "\u4f60\u597d")));
            String expected = "gr\u00fc\u00df dich, \u4f60\u597d";
            int bytes = expected.getBytes(StandardCharsets.UTF_8).length;
            assertEquals(expected, pair.peer().readText(bytes));
        }
    }

    @Test
    void shouldSendAnewForEachSubscription() {
        try (Pair pair = Pair.open(group())) {
            Mono<Void> send = pair.connection().sendText("again ");
            StepVerifier.create(send.repeat(2)).expectComplete().verify(Await.LIMIT);
            assertEquals("again again again ", pair.peer().readText(18));
        }
    }

    /** Slow ones, so that each sends a part at a time, the parts in any order between them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSendOneBufferToSeveralConnections(boolean direct) {
        int bytes = 500_000;
        ByteBuf shared = direct ? Unpooled.directBuffer(bytes) : Unpooled.buffer(bytes);
        shared.writeBytes(Sequence.bytes(0, bytes));
        try (Pair one = SendEndTest.slowPair(group());
                Pair other = SendEndTest.slowPair(group())) {
            Disposable sent =
                    Mono.when(
                                    one.connection().send(Mono.just(shared.retain())),
                                    other.connection().send(Mono.just(shared.retain())))
                            .subscribe();
            assertEquals(bytes, one.peer().checkSequence(0, bytes));
            assertEquals(bytes, other.peer().checkSequence(0, bytes));
            Await.until("sent", sent::isDisposed);
            assertEquals(bytes, shared.readableBytes());
            assertTrue(shared.release());
        }
    }
}
