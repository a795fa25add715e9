// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.testing.Rings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** How demand, ends and threads pass through the operator; what frames are stands elsewhere. */
class FrameSubscriberTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Function<Publisher<? extends ByteBuf>, Flux<String>> LINES =
            Frames.lines(UTF_8, 100);

    @BeforeAll
    static void watchLeaks() {
        Leaks.watch();
    }

    @AfterAll
    static void shouldNotHaveLeaked() {
        Leaks.assertNone();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Test
    void shouldAskForInputOnlyWhenAFrameIsWantedAndNoneIsThere() {
        TestPublisher<ByteBuf> upstream = TestPublisher.create();
        StepVerifier.create(upstream.flux().transform(LINES), 0)
                .then(() -> upstream.assertMinRequested(0))
                .thenRequest(1)
                .then(() -> upstream.assertMinRequested(1))
                .then(() -> upstream.next(Conversation.buffer("a\nb\nc")))
                .expectNext("a")
                .then(() -> upstream.assertMaxRequested(1))
                .thenRequest(1)
                .expectNext("b")
                .then(() -> upstream.assertMaxRequested(1))
                .thenRequest(1)
                .then(() -> upstream.next(Conversation.buffer("d\ne")))
                .expectNext("cd")
                .then(upstream::complete)
                .thenRequest(1)
                .expectNext("e")
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void shouldAskForOneBufferAtATime() {
        byte[] bytes = bytes("a\nb\nc\nd\n");
        Feed feed = Feed.of(bytes, 2, 4, 6);
        FrameTaker taker = new FrameTaker(FrameTaker.Way.BY_HAND);
        LINES.apply(feed).subscribe(taker);
        for (int i = 1; i <= 3; i++) {
            taker.request(1);
            assertEquals(i, feed.pieces());
        }
        taker.cancel();
        feed.assertReleased("lines");
    }

    @Test
    void shouldAskForEverythingAtOnce() {
        TestPublisher<ByteBuf> upstream = TestPublisher.create();
        AtomicLong requests = new AtomicLong();
        upstream.flux()
                .doOnRequest(
                        n -> {
                            assertEquals(Long.MAX_VALUE, n);
                            requests.incrementAndGet();
                        })
                .transform(LINES)
                .subscribe();
        for (int i = 0; i < 10; i++) {
            upstream.next(Conversation.buffer("a\nb"));
        }
        assertEquals(1, requests.get());
        upstream.complete();
    }

    @Test
    void shouldNotRecurse() {
        int lines = 20_000; // several times what the stack has room for
        Feed feed = Feed.byteByByte(bytes("\n".repeat(lines)));
        FrameTaker taker = new FrameTaker(FrameTaker.Way.ONE_WITHIN_ON_NEXT);
        LINES.apply(feed).subscribe(taker);
        assertEquals(lines, taker.frames.size());
        Feed whole = Feed.of(bytes("\n".repeat(lines)));
        FrameTaker second = new FrameTaker(FrameTaker.Way.ONE_WITHIN_ON_NEXT);
        LINES.apply(whole).subscribe(second);
        assertEquals(lines, second.frames.size());
    }

    @Test
    void shouldSliceWithinABufferAndCopyAcross() {
        ByteBuf first = Conversation.buffer("ab\ncd\ne");
        ByteBuf second = Conversation.buffer("f\n");
        List<ByteBuf> frames = new ArrayList<>();
        Flux.just(first, second).transform(Frames.lines(9)).subscribe(frames::add);
        assertEquals(
                List.of("ab", "cd", "ef"), frames.stream().map(b -> b.toString(UTF_8)).toList());
        assertEquals(2, first.refCnt(), "held by its two slices, not by the copied beginning");
        assertEquals(0, second.refCnt());
        assertSame(first.array(), frames.getFirst().array());
        assertEquals(1, frames.getLast().refCnt());
        frames.forEach(ByteBuf::release);
        assertEquals(0, first.refCnt());
    }

    @Test
    void shouldFailForARequestOfNothing() {
        Feed feed = Feed.of(bytes("a\nb\n"));
        FrameTaker taker = new FrameTaker(FrameTaker.Way.BY_HAND);
        LINES.apply(feed).subscribe(taker);
        taker.request(1);
        taker.upstream().request(0);
        assertInstanceOf(IllegalArgumentException.class, taker.ends.getFirst());
        assertTrue(feed.isCancelled());
        feed.assertReleased("bad request");
    }

    @Test
    void shouldReleaseWhatItHoldsWhenItsSubscriberThrows() {
        Feed feed = Feed.of(bytes("a\nb\nc\n"));
        IllegalStateException broken = new IllegalStateException("on purpose");
        CoreSubscriber<String> throwing =
                new CoreSubscriber<>() {
                    @Override
                    public void onSubscribe(Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(String frame) {
                        throw broken;
                    }

                    @Override
                    public void onError(Throwable error) {
                        throw new AssertionError(error);
                    }

                    @Override
                    public void onComplete() {
                        throw new AssertionError("complete");
                    }
                };
        assertSame(
                broken,
                assertThrows(
                        IllegalStateException.class, () -> LINES.apply(feed).subscribe(throwing)));
        assertTrue(feed.isCancelled());
        feed.assertReleased("broken subscriber");
    }

    @Test
    void shouldPassTheContextOnAndBeScannable() {
        Flux<String> lines =
                Mono.deferContextual(ctx -> Mono.just(Conversation.buffer(ctx.get("key"))))
                        .transform(LINES::apply)
                        .as(Flux::from);
        assertEquals("value", lines.contextWrite(ctx -> ctx.put("key", "value")).blockLast(LIMIT));
        FrameTaker taker = new FrameTaker(FrameTaker.Way.BY_HAND);
        Flux<String> named = LINES.apply(Flux.<ByteBuf>never());
        assertEquals("Frames.lines(UTF-8, 100)", named.toString());
        named.subscribe(taker);
        taker.request(3);
        Scannable scan = Scannable.from(taker.upstream());
        assertEquals(3L, scan.scan(Scannable.Attr.REQUESTED_FROM_DOWNSTREAM));
        assertEquals(0, scan.scan(Scannable.Attr.BUFFERED));
        assertEquals(false, scan.scan(Scannable.Attr.TERMINATED));
        taker.cancel();
        assertEquals(true, scan.scan(Scannable.Attr.CANCELLED));
    }

    @Test
    void shouldReleaseTextsInputWhenCancelledAfterAnyString() {
        for (int strings = 0; strings < 4; strings++) {
            Feed feed = Feed.byteByByte(bytes("ab\u00c3\u00a9c\u00e2\u0082"));
            FrameTaker taker = new FrameTaker(FrameTaker.Way.BY_HAND);
            Frames.text(UTF_8).apply(feed).subscribe(taker);
            for (int i = 0; i < strings; i++) {
                taker.request(1);
            }
            taker.cancel();
            assertEquals(List.of("a", "b", "\u00e9", "c").subList(0, strings), taker.frames);
            feed.assertReleased("text");
        }
    }

    @Test
    void shouldReleaseAnInputThatComesAfterTheEnd() {
        TestPublisher<ByteBuf> upstream =
                TestPublisher.createNoncompliant(
                        TestPublisher.Violation.CLEANUP_ON_TERMINATE,
                        TestPublisher.Violation.REQUEST_OVERFLOW);
        ByteBuf late = Conversation.buffer("b\n");
        StepVerifier.create(upstream.flux().transform(LINES))
                .then(upstream::complete)
                .expectComplete()
                .verify(LIMIT);
        upstream.next(late);
        assertEquals(0, late.refCnt());
    }

    @RepeatedTest(20)
    void shouldTakeRequestsFromAnotherThread() {
        int lines = 5_000;
        Flux<ByteBuf> upstream =
                Flux.range(0, lines)
                        .map(i -> Conversation.buffer(i % 3 == 0 ? i + "\n" + i : i + "\n"))
                        .publishOn(Schedulers.parallel(), 4);
        long length =
                upstream.transform(Frames.lines(100))
                        .publishOn(Schedulers.single(), 3)
                        .map(
                                frame -> {
                                    int bytes = frame.readableBytes();
                                    frame.release();
                                    return bytes;
                                })
                        .reduce(0, Integer::sum)
                        .blockOptional(LIMIT)
                        .orElseThrow();
        long expected = 0;
        for (int i = 0; i < lines; i++) {
            expected += (i % 3 == 0 ? 2L : 1L) * Integer.toString(i).length();
        }
        assertEquals(expected, length);
    }

    @RepeatedTest(50)
    void shouldReleaseEverythingWhenCancelledByAnotherThread() {
        List<ByteBuf> sent = new ArrayList<>();
        Flux<ByteBuf> upstream =
                Flux.range(0, 2_000)
                        .map(i -> Conversation.buffer("a\nb"))
                        .doOnNext(sent::add)
                        .doOnDiscard(ByteBuf.class, ByteBuf::release);
        Disposable run =
                upstream.subscribeOn(Schedulers.parallel())
                        .transform(Frames.lines(100))
                        .subscribe(ByteBuf::release);
        run.dispose();
        // The parallel worker may be in the middle of a signal: it is done when it does the next.
        Rings.await(
                "all inputs released",
                () -> List.copyOf(sent).stream().allMatch(b -> b.refCnt() == 0));
    }
}
