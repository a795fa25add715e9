// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ReceiveMode;
import io.uringreactive.frame.FrameTooLong;
import io.uringreactive.frame.Frames;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Text and frames from a real peer. */
class ReceiveTextTest extends KernelTest {
    private static final String TEXT = "a\u00e9\u3042\ud83d\ude00z\n";

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldDecodeWhateverTheCuts(ReceiveMode mode) {
        for (Charset charset : List.of(UTF_8, UTF_16LE)) {
            try (Pair pair = Pair.open(group(mode))) {
                CompletableFuture<String> text = new CompletableFuture<>();
                pair.connection()
                        .receiveText(charset)
                        .reduce("", String::concat)
                        .subscribe(text::complete, text::completeExceptionally);
                for (byte b : TEXT.repeat(20).getBytes(charset)) {
                    pair.peer().write(new byte[] {b});
                }
                pair.peer().shutdownOutput();
                assertEquals(TEXT.repeat(20), Await.get(text));
            }
        }
    }

    @Test
    void shouldSignalOnTheRingWhoeverRequests() {
        try (Pair pair = Pair.open(group())) {
            Set<String> threads = ConcurrentHashMap.newKeySet();
            StringBuilder text = new StringBuilder();
            CompletableFuture<String> end = new CompletableFuture<>();
            BaseSubscriber<String> taker =
                    new BaseSubscriber<>() {
                        @Override
                        protected void hookOnSubscribe(Subscription subscription) {
                            // Requested by the test's thread.
                        }

                        @Override
                        protected void hookOnNext(String value) {
                            threads.add(Thread.currentThread().getName());
                            text.append(value);
                        }

                        @Override
                        protected void hookOnComplete() {
                            threads.add(Thread.currentThread().getName());
                            end.complete("complete");
                        }
                    };
            pair.connection().receiveText().subscribe(taker);
            pair.peer().write(TEXT.repeat(2_000) + "\u00e9");
            pair.peer().shutdownOutput();
            Await.until(
                    "the end",
                    () -> {
                        taker.request(1);
                        return end.isDone();
                    });
            assertEquals(TEXT.repeat(2_000) + "\u00e9", text.toString());
            assertEquals(Set.of(pair.connection().scheduler().toString()), threads);
        }
    }

    @Test
    void shouldReadLinesAndAnswerThem() {
        try (Pair pair = Pair.open(group())) {
            pair.connection()
                    .handle(
                            c ->
                                    c.sendText(
                                            c.receive()
                                                    .transform(Frames.lines(UTF_8, 100))
                                                    .map(line -> line + ";")))
                    .subscribe();
            pair.peer().write("one\r\ntwo\nthr");
            pair.peer().write("ee");
            pair.peer().shutdownOutput();
            assertEquals("one;two;three;", pair.peer().readText(14));
            pair.peer().expectEnd();
        }
    }

    @Test
    void shouldCarryFramesBothWays() {
        try (Pair pair = Pair.open(group())) {
            pair.connection()
                    .handle(
                            c ->
                                    c.send(
                                            c.receive()
                                                    .transform(Frames.lengthPrefixed(2, 60_000))
                                                    .transform(Frames.prefixLength(2))))
                    .subscribe();
            byte[] frames = new byte[3 + 2 + 50_002];
            frames[1] = 1;
            frames[2] = 'x';
            frames[5] = (byte) (50_000 >> 8);
            frames[6] = (byte) 50_000;
            pair.peer().write(frames);
            pair.peer().shutdownOutput();
            assertArrayEquals(frames, pair.peer().read(frames.length));
            pair.peer().expectEnd();
        }
    }

    @Test
    void shouldEndAConnectionWhosePeerSendsTooMuch() {
        try (Pair pair = Pair.open(group())) {
            ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
            pair.connection()
                    .handle(
                            c ->
                                    c.receive()
                                            .transform(Frames.lines(100))
                                            .doOnNext(ByteBuf::release)
                                            .doOnError(errors::add)
                                            .then())
                    .subscribe();
            pair.peer().write("x".repeat(101));
            Await.done(pair.connection().onClose());
            assertInstanceOf(FrameTooLong.class, errors.peek());
        }
    }
}
