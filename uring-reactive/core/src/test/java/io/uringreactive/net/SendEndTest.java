// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.RingGroup;
import io.uringreactive.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Sends that fail by themselves or are cancelled. */
class SendEndTest extends KernelTest {
    private static final int KERNEL_BYTES = 16 * 1024;

    private static ListenOptions smallKernelBuffers(ListenOptions options) {
        return options.socket(SocketOptions.defaults().sendBufferBytes(KERNEL_BYTES));
    }

    /** Little fits the kernel's buffers between its two ends. */
    static Pair slowPair(RingGroup group) {
        return Pair.open(group, SendEndTest::smallKernelBuffers, KERNEL_BYTES);
    }

    /**
     * 32 pieces leave in one send; the publisher is asked for more in the middle of the account.
     */
    @Test
    void shouldSendNothingTwiceWhenAPublisherThrowsFromRequest() {
        Tracked tracked = new Tracked();
        try (Pair pair = Pair.open(group())) {
            Flux<ByteBuf> throwing =
                    Flux.range(0, 100)
                            .map(
                                    i -> {
                                        if (i == 32) {
                                            throw new OutOfMemoryError("a test's");
                                        }
                                        return tracked.next(10);
                                    });
            StepVerifier.create(pair.connection().send(throwing))
                    .expectError(OutOfMemoryError.class)
                    .verify(Await.LIMIT);
            StepVerifier.create(pair.connection().send(Mono.fromSupplier(() -> tracked.next(10))))
                    .expectComplete()
                    .verify(Await.LIMIT);
            pair.peer().checkSequence(0, 330);
            tracked.expectAllReleased();
        }
    }

    @Test
    void shouldFailAsItsPublisherAndLetOthersGoOn() {
        Tracked tracked = new Tracked();
        try (Pair pair = Pair.open(group())) {
            IllegalStateException failure = new IllegalStateException("the publisher's");
            Flux<ByteBuf> failing = Mono.just(tracked.next(10)).concatWith(Mono.error(failure));
            StepVerifier.create(pair.connection().send(failing))
                    .expectErrorMatches(failure::equals)
                    .verify(Await.LIMIT);
            tracked.expectAllReleased();
            StepVerifier.create(
                            pair.connection()
                                    .send(
                                            s -> {
                                                throw failure;
                                            })
                                    .timeout(Duration.ofMillis(200)))
                    .expectError()
                    .verify(Await.LIMIT);
            log().clear();
            Await.done(pair.connection().sendText("fine"));
            assertTrue(pair.peer().readText(4).endsWith("fine"));
        }
    }

    @Test
    void shouldRemoveWhatIsQueuedOnCancel() {
        Tracked tracked = new Tracked();
        AtomicBoolean cancelled = new AtomicBoolean();
        try (Pair pair = slowPair(group())) {
            // More than the kernel takes while nobody reads: all else queues up behind it.
            int firstBytes = 500_000;
            Disposable first =
                    pair.connection()
                            .send(Mono.fromSupplier(() -> tracked.next(firstBytes)))
                            .subscribe();
            Await.until("it has begun", () -> tracked.count() == 1);
            Disposable second =
                    pair.connection()
                            .send(
                                    Flux.range(0, 1_000)
                                            .map(i -> tracked.next(1_000))
                                            .doOnCancel(() -> cancelled.set(true)))
                            .subscribe();
            Await.until("32 are queued", () -> tracked.count() == 33);
            second.dispose();
            Await.until("the publisher is cancelled", cancelled::get);
            assertEquals(33, tracked.count());

            Disposable text = pair.connection().sendText("after").subscribe();
            assertEquals(firstBytes, pair.peer().checkSequence(0, firstBytes));
            assertEquals("after", pair.peer().readText(5));
            Await.until("done", () -> first.isDisposed() && text.isDisposed());
            tracked.expectAllReleased();
        }
    }

    private static byte[] readToEnd(Peer peer) {
        try {
            return peer.channel().socket().getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldCloseInOrderAfterASendThatWasCancelledInTheKernel() {
        try (Pair pair = slowPair(group())) {
            Disposable sending =
                    pair.connection()
                            .send(
                                    Mono.fromSupplier(
                                                    () ->
                                                            Unpooled.directBuffer()
                                                                    .writeBytes(
                                                                            Sequence.bytes(
                                                                                    0, 500_000)))
                                            .concatWith(Mono.never()))
                            .subscribe();
            pair.peer().checkSequence(0, 1_000);
            sending.dispose();
            Disposable closing = pair.connection().close().subscribe();
            assertEquals(499_000, pair.peer().checkSequence(1_000, 499_000));
            pair.peer().expectEnd();
            pair.peer().close();
            Await.until("closed", closing::isDisposed);
        }
    }

    @Test
    void shouldCloseAtOnceAfterASendThatWasCancelledBeforeItBegan() {
        try (Pair pair = Pair.open(group())) {
            Connection connection = pair.connection();
            StepVerifier.create(connection.sendText("never"), 0).thenCancel().verify(Await.LIMIT);
            Mono<Void> onTheRing =
                    connection
                            .sendText("never")
                            .takeUntilOther(Mono.just(1))
                            .subscribeOn(connection.scheduler());
            Await.done(onTheRing);
            Disposable closing = connection.close().subscribe();
            readToEnd(pair.peer());
            pair.peer().close();
            assertTrue(Await.within(Duration.ofSeconds(2), closing::isDisposed));
        }
    }

    @Test
    void shouldNotCutIntoOthersWhenASendIsCancelledFromAnothersEnd() {
        Tracked tracked = new Tracked();
        try (Pair pair = Pair.open(group())) {
            Connection connection = pair.connection();
            for (int round = 0; round < 50; round++) {
                AtomicReference<Disposable> second = new AtomicReference<>(() -> {});
                ByteBuf a = tracked.add(Unpooled.copiedBuffer(Sequence.bytes(0, 100)));
                ByteBuf b = tracked.add(Unpooled.copiedBuffer(Sequence.bytes(100, 200)));
                ByteBuf c = tracked.add(Unpooled.copiedBuffer(Sequence.bytes(300, 300)));
                // All three leave in one gathered send: they are queued in one turn.
                Disposable unused =
                        connection
                                .scheduler()
                                .schedule(
                                        () -> {
                                            connection
                                                    .send(Mono.just(a))
                                                    .doOnTerminate(() -> second.get().dispose())
                                                    .subscribe();
                                            second.set(
                                                    connection
                                                            .send(
                                                                    Mono.just(b)
                                                                            .concatWith(
                                                                                    Mono.never()))
                                                            .subscribe());
                                            connection.send(Mono.just(c)).subscribe();
                                        });
                assertEquals(600, pair.peer().checkSequence(0, 600));
                assertFalse(unused.isDisposed() && connection.isDisposed());
            }
            tracked.expectAllReleased();
        }
    }

    @Test
    void shouldReleaseEverythingWhenCancelledAtAnyPoint() {
        Random random = new Random(13);
        for (int round = 0; round < 100; round++) {
            Tracked tracked = new Tracked();
            try (Pair pair = Pair.open(group())) {
                Disposable sending =
                        pair.connection()
                                .send(Flux.range(0, 500).map(i -> tracked.next(1_000)))
                                .onErrorComplete()
                                .subscribe();
                LockSupport.parkNanos(random.nextInt(500_000));
                if (random.nextBoolean()) {
                    sending.dispose();
                } else {
                    pair.connection().close().subscribe();
                }
            }
            tracked.expectAllReleased();
        }
    }
}
