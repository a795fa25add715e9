// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Hooks;

/** Signals of another thread against the end of the connection and of its thread, step by step. */
class LoopSubscriberTest {
    private static final int ROUNDS = 5_000;

    private final class Recording extends LoopSubscriber<ByteBuf> {
        Recording(ConnectionLoop loop) {
            super(loop);
        }

        private void onThread(String signal) {
            assertTrue(loop().inEventLoop(), signal);
            seen.add(signal);
        }

        @Override
        public void onSubscribe(Subscription s) {
            throw new UnsupportedOperationException();
        }

        @Override
        void next(ByteBuf item) {
            onThread("next " + item.readByte());
            item.release();
        }

        @Override
        void failed(Throwable error) {
            onThread("failed");
        }

        @Override
        void completed() {
            onThread("completed");
        }

        @Override
        void discard(ByteBuf item) {
            seen.add("discard " + item.readByte());
            item.release();
        }
    }

    private final SteppedLoop loop = new SteppedLoop();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<ByteBuf> items = items();
    private final Recording subscriber = create();

    private static List<ByteBuf> items() {
        return IntStream.range(0, 4)
                .mapToObj(i -> Unpooled.wrappedBuffer(new byte[] {(byte) i}))
                .toList();
    }

    private Recording create() {
        AtomicReference<ConnectionLoop> made = new AtomicReference<>();
        loop.on(() -> made.set(new ConnectionLoop(loop)));
        return new Recording(made.get());
    }

    private void emit(int item) {
        subscriber.onNext(items.get(item));
    }

    private void shouldHaveSeen(String... signals) {
        assertEquals(List.of(signals), seen);
        long handled = seen.stream().filter(LoopSubscriberTest::isItem).count();
        items.subList(0, (int) handled).forEach(item -> assertEquals(0, item.refCnt()));
    }

    private static boolean isItem(String signal) {
        return signal.startsWith("next ") || signal.startsWith("discard ");
    }

    @AfterEach
    void end() {
        Hooks.resetOnErrorDropped();
        loop.dispose();
    }

    @Test
    void shouldHandleOnTheThreadAtOnce() {
        loop.on(
                () -> {
                    emit(0);
                    subscriber.onComplete();
                });
        shouldHaveSeen("next 0", "completed");
    }

    @Test
    void shouldKeepTheOrderAcrossThreads() {
        emit(0);
        emit(1);
        loop.on(
                () -> {
                    emit(2);
                    subscriber.onComplete();
                });
        shouldHaveSeen();
        loop.runTasks();
        shouldHaveSeen("next 0", "next 1", "next 2", "completed");
    }

    @Test
    void shouldFailBehindTheItems() {
        emit(0);
        subscriber.onError(new IllegalStateException("over"));
        loop.runTasks();
        shouldHaveSeen("next 0", "failed");
    }

    @Test
    void shouldDiscardAtTheCloseWhatIsUnderWay() {
        emit(0);
        emit(1);
        loop.stop();
        loop.on(subscriber::close);
        shouldHaveSeen("discard 0", "discard 1");
    }

    @Test
    void shouldHandleWhatIsUnderWayOnceWhereItsTaskStillRuns() {
        emit(0);
        loop.on(subscriber::close);
        loop.runTasks();
        shouldHaveSeen("discard 0");
    }

    @Test
    void shouldDiscardWhatComesAfterTheClose() {
        loop.on(subscriber::close);
        emit(0);
        emit(1);
        shouldHaveSeen("discard 0", "discard 1");
        loop.runTasks();
        shouldHaveSeen("discard 0", "discard 1");
    }

    @Test
    void shouldDiscardWhatComesWhileItCloses() {
        loop.afterTaking(() -> loop.on(subscriber::close));
        emit(0);
        loop.stop();
        shouldHaveSeen("discard 0");
    }

    @Test
    void shouldNotDiscardWhatTheThreadHasTakenAlready() {
        loop.afterTaking(
                () -> {
                    loop.runTasks();
                    loop.on(subscriber::close);
                });
        emit(0);
        shouldHaveSeen("next 0");
    }

    @Test
    void shouldDiscardWhatAThreadThatEndsDoesNotTake() {
        emit(0);
        loop.stop();
        emit(1);
        shouldHaveSeen("discard 0", "discard 1");
        loop.on(subscriber::close);
        shouldHaveSeen("discard 0", "discard 1");
    }

    /** The connection's end tells whoever waits, on its thread, which may be at it now. */
    @Test
    void shouldHandleNoEndElsewhereThanOnTheThread() {
        List<Throwable> dropped = new CopyOnWriteArrayList<>();
        Hooks.onErrorDropped(dropped::add);
        Throwable error = new IllegalStateException("over");
        loop.stop();
        subscriber.onComplete();
        subscriber.onError(error);
        shouldHaveSeen();
        assertEquals(List.of(error), dropped);
    }

    /** Its own tasks a thread that ends runs at once: before those that it has dropped. */
    @Test
    void shouldLeaveNothingOutBeforeTheEnd() {
        emit(0);
        emit(1);
        loop.stop();
        loop.on(
                () -> {
                    emit(2);
                    subscriber.onComplete();
                });
        shouldHaveSeen("next 0", "next 1", "next 2", "completed");
    }

    /** Each time at another moment: the steps above, as threads take them. */
    @Test
    void shouldHandleEachItemOnceHoweverTheEndFallsIn() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Recording racing = create();
            List<ByteBuf> emitted = items();
            seen.clear();
            loop.restart();
            CyclicBarrier begin = new CyclicBarrier(2);
            CompletableFuture<Void> ended =
                    loop.begin(
                            () -> {
                                await(begin);
                                loop.runTasksHere();
                                loop.stop();
                                racing.close();
                            });
            await(begin);
            emitted.forEach(racing::onNext);
            racing.onComplete();
            ended.get(20, TimeUnit.SECONDS);
            assertEquals(
                    List.of("0", "1", "2", "3"),
                    seen.stream()
                            .filter(LoopSubscriberTest::isItem)
                            .map(signal -> signal.substring(signal.indexOf(' ') + 1))
                            .sorted()
                            .toList());
            emitted.forEach(item -> assertEquals(0, item.refCnt(), seen::toString));
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
