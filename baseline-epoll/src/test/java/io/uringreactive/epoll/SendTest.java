// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.uringreactive.epoll.Wired.Pair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What becomes of buffers that are sent. */
class SendTest {
    private static final int MIB = 1 << 20;

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldSendEverythingToASlowPeerInOrder(String name) {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            int pieces = 2000;
            Mono<Void> sent =
                    pair.connection().send(Flux.range(0, pieces).map(SendTest::piece)).cache();
            sent.subscribe();
            for (int i = 0; i < pieces; i++) {
                assertEquals("%08d".formatted(i).repeat(512), pair.readText(4096));
            }
            sent.block(Wired.LIMIT);
        }
    }

    /** Direct, on the heap, and in several parts, in turn. */
    private static ByteBuf piece(int number) {
        byte[] bytes = "%08d".formatted(number).repeat(512).getBytes(StandardCharsets.UTF_8);
        return switch (number % 3) {
            case 0 -> ByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
            case 1 -> Unpooled.wrappedBuffer(bytes);
            default ->
                    Unpooled.wrappedBuffer(
                            Unpooled.copiedBuffer(bytes, 0, 1000),
                            Unpooled.copiedBuffer(bytes, 1000, bytes.length - 1000));
        };
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldReleaseWhatACancelledSendLeaves(String name) throws InterruptedException {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            List<ByteBuf> given = new ArrayList<>();
            CountDownLatch stalled = new CountDownLatch(100);
            Flux<ByteBuf> endless =
                    Flux.generate(
                            sink -> {
                                ByteBuf buffer = Unpooled.directBuffer().writeZero(MIB);
                                given.add(buffer);
                                stalled.countDown();
                                sink.next(buffer);
                            });
            var sending = pair.connection().send(endless.take(4000)).subscribe();
            assertFalse(stalled.await(300, TimeUnit.MILLISECONDS), "no demand without room");
            sending.dispose();
            pair.connection().dispose();
            pair.connection().onClose().block(Wired.LIMIT);
            assertTrue(given.stream().allMatch(buffer -> buffer.refCnt() == 0));
        }
    }

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldPassOnTheErrorOfWhatIsSent(String name) {
        try (Wired wired = Wired.on(name)) {
            Pair pair = wired.pair();
            StepVerifier.create(pair.connection().send(Flux.error(new ArithmeticException("data"))))
                    .expectError(ArithmeticException.class)
                    .verify(Wired.LIMIT);
            pair.connection().sendText("goes on").block(Wired.LIMIT);
            assertEquals("goes on", pair.readText(7));
        }
    }
}
