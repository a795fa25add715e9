// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ConnectionReset;
import io.uringreactive.handler.Ends.Taker;
import io.uringreactive.test.TestConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the connection in memory has beyond the contract: what a test sees and drives. */
class TestConnectionTest {
    private final TestConnection conn = TestConnection.create();

    @Test
    void shouldDeliverEachWriteAsOneBuffer() {
        Taker taker = new Taker();
        conn.receive().subscribe(taker);
        taker.request(Long.MAX_VALUE);
        conn.peer().write("a").write("bc").writePieces("defgh", 2);
        assertEquals(List.of("a", "bc", "de", "fg", "h"), taker.texts);
    }

    @Test
    void shouldShowTheDemandThatIsLeft() {
        assertEquals(0, conn.requested());
        assertFalse(conn.isReceiving());
        Taker taker = new Taker();
        conn.receive().subscribe(taker);
        assertTrue(conn.isReceiving());
        taker.request(3);
        conn.peer().write("one");
        assertEquals(2, conn.requested());
        assertEquals(0, conn.undelivered());
        conn.peer().write("two").write("three").write("four");
        assertEquals(0, conn.requested());
        assertEquals(1, conn.undelivered());
        taker.request(Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, conn.requested());
        taker.cancel();
        assertEquals(0, conn.requested());
        assertFalse(conn.isReceiving());
    }

    @Test
    void shouldNameWhatWasNotReleased() {
        List<ByteBuf> kept = new ArrayList<>();
        conn.receive().subscribe(kept::add);
        conn.peer().write("first").write("second\n");
        kept.getFirst().release();
        AssertionError leak = assertThrows(AssertionError.class, conn::assertNothingLeaked);
        assertEquals(
                "received and not released:\n  buffer 2 of 2, 7 bytes, refCnt 1: \"second.\"",
                leak.getMessage());
        kept.getLast().release();
        conn.assertNothingLeaked();
    }

    @Test
    void shouldHoldBackThePublisherWhileThePeerDoesNotRead() {
        conn.peer().pauseReading();
        List<Long> requests = new ArrayList<>();
        List<ByteBuf> buffers = new ArrayList<>();
        conn.send(Flux.range(0, 100).map(i -> buffer(buffers)).doOnRequest(requests::add))
                .subscribe();
        assertEquals(List.of(32L), requests);
        assertEquals(0, conn.peer().receivedBytes());
        assertEquals(1, conn.activeSends());
        conn.peer().resumeReading();
        assertEquals(100, conn.peer().read().length);
        assertEquals(0, conn.activeSends());
        assertTrue(buffers.stream().allMatch(buffer -> buffer.refCnt() == 0));
    }

    private static ByteBuf buffer(List<ByteBuf> all) {
        ByteBuf buffer = Unpooled.copiedBuffer("x", StandardCharsets.UTF_8);
        all.add(buffer);
        return buffer;
    }

    @Test
    void shouldReleaseWhatIsQueuedWhenThePeerResets() {
        conn.peer().pauseReading();
        List<ByteBuf> buffers = new ArrayList<>();
        List<Throwable> errors = new ArrayList<>();
        conn.send(Flux.range(0, 10).map(i -> buffer(buffers)).concatWith(Flux.never()))
                .subscribe(nothing -> {}, errors::add);
        conn.peer().reset();
        assertInstanceOf(ConnectionReset.class, errors.getFirst());
        assertEquals(10, buffers.size());
        assertTrue(buffers.stream().allMatch(buffer -> buffer.refCnt() == 0));
        assertTrue(conn.isDisposed());
    }

    @Test
    void shouldDeliverWhatCameBeforeTheReset() {
        Taker taker = new Taker();
        conn.receive().subscribe(taker);
        conn.peer().write("before");
        conn.peer().reset();
        assertNull(taker.error);
        taker.request(1);
        assertEquals("before", taker.text());
        assertInstanceOf(ConnectionReset.class, taker.error);
    }

    @Test
    void shouldTellWhyTheHandlerFailed() {
        conn.handle(c -> c.receive().map(b -> b.array()).then()).subscribe();
        assertNull(conn.handlerError());
        conn.peer().write("direct buffers have no array");
        assertInstanceOf(UnsupportedOperationException.class, conn.handlerError());
        assertTrue(conn.peer().sawReset());
        // Its buffer is lost, and found: map's failure does not release it.
        assertThrows(AssertionError.class, conn::assertNothingLeaked);
    }

    @Test
    void shouldThrowWhatASubscriberThrowsAndAbort() {
        List<ByteBuf> got = new ArrayList<>();
        conn.receive()
                .subscribe(
                        new CoreSubscriber<ByteBuf>() {
                            @Override
                            public void onSubscribe(Subscription subscription) {
                                subscription.request(1);
                            }

                            @Override
                            public void onNext(ByteBuf buffer) {
                                got.add(buffer);
                                throw new IllegalArgumentException("against rule 2.13");
                            }

                            @Override
                            public void onError(Throwable error) {
                                throw new AssertionError("it counts as cancelled", error);
                            }

                            @Override
                            public void onComplete() {
                                throw new AssertionError("it counts as cancelled");
                            }
                        });
        List<Throwable> errors = new ArrayList<>();
        conn.send(Flux.never()).subscribe(nothing -> {}, errors::add);
        assertThrows(IllegalArgumentException.class, () -> conn.peer().write("x"));
        assertInstanceOf(ConnectionClosed.class, errors.getFirst());
        assertTrue(conn.peer().sawReset());
        got.forEach(ByteBuf::release);
    }

    @Test
    void shouldGiveUpOnAPeerThatSendsTooMuchInsteadOfEnding() {
        TestConnection small =
                TestConnection.create(ConnectionOptions.defaults().closeDiscardBytesMax(5));
        small.peer().linger();
        List<String> closed = new ArrayList<>();
        small.close().doOnSuccess(nothing -> closed.add("closed")).subscribe();
        small.peer().write("12345");
        assertEquals(List.of(), closed);
        small.peer().write("6");
        assertEquals(List.of("closed"), closed);
    }

    @Test
    void shouldRunTimeLimitsInVirtualTime() {
        List<Throwable> errors = new ArrayList<>();
        conn.receive()
                .doOnNext(ByteBuf::release)
                .timeout(Duration.ofMinutes(1), conn.scheduler())
                .subscribe(buffer -> {}, errors::add);
        conn.scheduler().advanceTimeBy(Duration.ofSeconds(59));
        conn.peer().write("alive");
        conn.scheduler().advanceTimeBy(Duration.ofSeconds(59));
        assertEquals(List.of(), errors);
        conn.scheduler().advanceTimeBy(Duration.ofSeconds(1));
        assertEquals(1, errors.size());
        assertFalse(conn.isReceiving());
        conn.assertNothingLeaked();
    }

    @Test
    void shouldKeepTheOrderOfPublishersOnOtherThreads() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(4);
        for (String name : List.of("a", "b", "c", "d")) {
            Flux<String> texts =
                    Flux.range(0, 500)
                            .map(i -> name + i + " ")
                            .publishOn(Schedulers.boundedElastic(), 16);
            conn.sendText(texts).doFinally(signal -> ended.countDown()).subscribe();
        }
        assertTrue(ended.await(30, TimeUnit.SECONDS));
        String all = conn.peer().received();
        for (String name : List.of("a", "b", "c", "d")) {
            List<Integer> numbers =
                    all.lines()
                            .flatMap(line -> List.of(line.split(" ", -1)).stream())
                            .filter(word -> word.startsWith(name))
                            .map(word -> Integer.parseInt(word.substring(1)))
                            .toList();
            assertEquals(Flux.range(0, 500).collectList().block(), numbers, name);
        }
    }

    @Test
    void shouldNotRunAHandlerThatWasCancelledBefore() {
        List<String> runs = new ArrayList<>();
        conn.handle(
                        c -> {
                            runs.add("run");
                            return Mono.empty();
                        })
                .subscribe()
                .dispose();
        assertEquals(List.of("run"), runs);
        assertTrue(conn.isDisposed());
    }
}
