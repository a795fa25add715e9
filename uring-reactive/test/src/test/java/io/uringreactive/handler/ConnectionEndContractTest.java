// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.handler;

import static io.uringreactive.handler.Ends.ends;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.handler.Ends.Kind;
import io.uringreactive.handler.Ends.Taker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What users rely on when a connection ends, of the connection in memory and of the real one on the
 * simulated kernel.
 */
class ConnectionEndContractTest {
    /** More than the kernel takes for a peer that does not read. */
    private static final String PLENTY = "x".repeat(1_000_000);

    @ParameterizedTest
    @EnumSource
    void shouldEndTheOutputBehindWhatWasSentAndGoOnReceiving(Kind kind) {
        try (Ends ends = kind.open()) {
            Taker taker = new Taker();
            ends.connection().receive().subscribe(taker);
            ends.settle();
            taker.request(10);
            List<String> send = ends(ends.connection().sendText("all"));
            List<String> shutdown = ends(ends.connection().shutdownOutput());
            List<String> late = ends(ends.connection().sendText("late"));
            ends.settle();
            assertEquals(List.of("complete"), send);
            assertEquals(List.of("complete"), shutdown);
            assertEquals(List.of("ConnectionClosed"), late);
            assertEquals("all", ends.received());
            assertTrue(ends.sawEnd());
            ends.write("still heard");
            assertEquals("still heard", taker.text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseOnlyWhenThePeerHasEnded(Kind kind) {
        try (Ends ends = kind.open()) {
            Taker taker = new Taker();
            ends.connection().receive().subscribe(taker);
            ends.settle();
            taker.request(10);
            List<String> send = ends(ends.connection().sendText("bye"));
            List<String> close = ends(ends.connection().close());
            ends.settle();
            assertEquals(List.of("complete"), send);
            assertEquals("bye", ends.received());
            assertTrue(ends.sawEnd());
            assertTrue(ends.connection().isDisposed());
            assertInstanceOf(ConnectionClosed.class, taker.error);
            assertEquals(List.of(), close);
            ends.write("not heard");
            ends.shutdownWrite();
            assertEquals(List.of("complete"), close);
            assertEquals("", taker.text());
            assertFalse(ends.sawReset());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseWithoutAResetWhenThePeerDoesNotEndInTime(Kind kind) {
        try (Ends ends = kind.open()) {
            List<String> close = ends(ends.connection().close());
            ends.pass(Duration.ofMillis(4_900));
            assertEquals(List.of(), close);
            ends.pass(Duration.ofMillis(200));
            assertEquals(List.of("complete"), close);
            assertTrue(ends.sawEnd());
            assertFalse(ends.sawReset());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldResetThePeerWhenItTakesNothingInTime(Kind kind) {
        try (Ends ends = kind.open()) {
            ends.pauseReading();
            List<String> send = ends(ends.connection().sendText(PLENTY));
            ends.settle();
            List<String> close = ends(ends.connection().close());
            ends.pass(Duration.ofMillis(4_900));
            assertEquals(List.of(), close);
            ends.pass(Duration.ofMillis(200));
            assertEquals(List.of("complete"), close);
            assertEquals(List.of("ConnectionClosed"), send);
            assertTrue(ends.sawReset());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveThePeerItsTimeBehindTheLastByte(Kind kind) {
        try (Ends ends = kind.open()) {
            ends.pauseReading();
            List<String> send = ends(ends.connection().sendText(PLENTY));
            ends.settle();
            List<String> close = ends(ends.connection().close());
            ends.pass(Duration.ofMillis(4_900));
            ends.resumeReading();
            ends.settle();
            assertEquals(List.of("complete"), send);
            assertEquals(PLENTY.length(), ends.received().length());
            assertTrue(ends.sawEnd());
            ends.pass(Duration.ofMillis(4_900));
            assertEquals(List.of(), close);
            ends.shutdownWrite();
            assertEquals(List.of("complete"), close);
            assertFalse(ends.sawReset());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldResetThePeerWhenAPublisherDoesNotEndInTime(Kind kind) {
        try (Ends ends = kind.open()) {
            Sinks.Many<ByteBuf> more = Sinks.many().unicast().onBackpressureBuffer();
            List<String> send = ends(ends.connection().send(more.asFlux()));
            List<String> close = ends(ends.connection().close());
            ends.pass(Duration.ofMillis(4_900));
            more.tryEmitNext(Unpooled.copiedBuffer(PLENTY, UTF_8)).orThrow();
            ends.pass(Duration.ofMillis(200));
            assertEquals(List.of("complete"), close);
            assertEquals(List.of("ConnectionClosed"), send);
            assertTrue(ends.sawReset());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailEverythingWhenItIsDisposed(Kind kind) {
        try (Ends ends = kind.open()) {
            Taker taker = new Taker();
            ends.connection().receive().subscribe(taker);
            ends.settle();
            taker.request(1);
            List<String> send = ends(ends.connection().send(Flux.never()));
            List<String> closed = ends(ends.connection().onClose());
            ends.settle();
            ends.connection().dispose();
            assertTrue(ends.connection().isDisposed());
            ends.settle();
            assertInstanceOf(ConnectionClosed.class, taker.error);
            assertEquals(List.of("ConnectionClosed"), send);
            assertEquals(List.of("complete"), closed);
            List<String> shutdown = ends(ends.connection().shutdownOutput());
            ends.settle();
            assertEquals(List.of("ConnectionClosed"), shutdown);
            assertTrue(ends.sawReset());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseInOrderWhenTheHandlerCompletes(Kind kind) {
        try (Ends ends = kind.open()) {
            List<String> handled = ends(ends.connection().handle(c -> c.sendText("done")));
            ends.settle();
            assertEquals("done", ends.received());
            assertTrue(ends.sawEnd());
            ends.shutdownWrite();
            assertEquals(List.of("complete"), handled);
            assertFalse(ends.sawReset());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAbortAndStillCompleteWhenTheHandlerFails(Kind kind) {
        try (Ends ends = kind.open()) {
            List<String> handled =
                    ends(ends.connection().handle(c -> Mono.error(new IllegalStateException("x"))));
            ends.settle();
            assertEquals(List.of("complete"), handled);
            assertTrue(ends.sawReset());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCancelTheHandlerAndAbortWhenHandleIsCancelled(Kind kind) {
        try (Ends ends = kind.open()) {
            boolean[] cancelled = new boolean[1];
            Disposable handling =
                    ends.connection()
                            .handle(c -> Mono.<Void>never().doOnCancel(() -> cancelled[0] = true))
                            .subscribe();
            ends.settle();
            handling.dispose();
            ends.settle();
            assertTrue(cancelled[0]);
            assertTrue(ends.sawReset());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldEchoAsAHandlerDoes(Kind kind) {
        try (Ends ends = kind.open()) {
            List<String> handled = ends(ends.connection().handle(c -> c.send(c.receive())));
            ends.settle();
            for (int i = 0; i < 100; i++) {
                ends.write("message " + i + "\n");
            }
            ends.shutdownWrite();
            assertEquals(100, ends.received().lines().count());
            assertTrue(ends.sawEnd());
            assertEquals(List.of("complete"), handled);
        }
    }
}
