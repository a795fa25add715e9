// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.handler;

import static io.uringreactive.handler.Ends.ends;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.ConnectionReset;
import io.uringreactive.handler.Ends.Kind;
import io.uringreactive.handler.Ends.Taker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What users rely on when they receive and send, of the connection in memory and of the real one on
 * the simulated kernel.
 */
class ConnectionContractTest {
    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverOnlyWhatWasRequested(Kind kind) {
        try (Ends ends = kind.open()) {
            Taker taker = new Taker();
            ends.connection().receive().subscribe(taker);
            ends.settle();
            ends.settle();
            ends.write("one");
            assertEquals("", taker.text());
            taker.request(1);
            ends.settle();
            assertEquals("one", taker.text());
            ends.write("two");
            assertEquals("one", taker.text());
            taker.request(5);
            ends.settle();
            assertEquals("onetwo", taker.text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCompleteTheReceiveAtThePeersEndAndStillSend(Kind kind) {
        try (Ends ends = kind.open()) {
            Taker taker = new Taker();
            ends.connection().receive().subscribe(taker);
            ends.settle();
            taker.request(10);
            ends.write("last");
            ends.shutdownWrite();
            assertEquals("last", taker.text());
            assertTrue(taker.completed);
            List<String> send = ends(ends.connection().sendText("answer"));
            ends.settle();
            assertEquals(List.of("complete"), send);
            assertEquals("answer", ends.received());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseASecondSubscriber(Kind kind) {
        try (Ends ends = kind.open()) {
            ends.connection().receive().subscribe(new Taker());
            Taker second = new Taker();
            ends.connection().receive().subscribe(second);
            ends.settle();
            assertInstanceOf(IllegalStateException.class, second.error);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailTheReceiveWhenThePeerResets(Kind kind) {
        try (Ends ends = kind.open()) {
            Taker taker = new Taker();
            ends.connection().receive().subscribe(taker);
            ends.settle();
            taker.request(10);
            ends.settle();
            ends.reset();
            assertInstanceOf(ConnectionReset.class, taker.error);
            List<String> send = ends(ends.connection().sendText("too late"));
            ends.settle();
            assertEquals(List.of("ConnectionReset"), send);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAskThePublisherOfASendFor32AndThen24(Kind kind) {
        try (Ends ends = kind.open()) {
            List<Long> requests = new ArrayList<>();
            List<String> send =
                    ends(
                            ends.connection()
                                    .send(
                                            Flux.range(0, 60)
                                                    .map(i -> text("x"))
                                                    .hide()
                                                    .doOnRequest(requests::add)));
            ends.settle();
            assertEquals(List.of(32L, 24L, 24L), requests);
            assertEquals(List.of("complete"), send);
            assertEquals(60, ends.received().length());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailASendWithItsPublisherAndLeaveTheConnectionOpen(Kind kind) {
        try (Ends ends = kind.open()) {
            List<String> failed =
                    ends(ends.connection().send(Flux.error(new IllegalArgumentException("mine"))));
            List<String> next = ends(ends.connection().sendText("goes on"));
            ends.settle();
            assertEquals(List.of("IllegalArgumentException"), failed);
            assertEquals(List.of("complete"), next);
            assertEquals("goes on", ends.received());
            assertFalse(ends.connection().isDisposed());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailASendOfABufferThatWasReleased(Kind kind) {
        try (Ends ends = kind.open()) {
            ByteBuf released = text("gone");
            released.release();
            List<String> send = ends(ends.connection().send(Mono.just(released)));
            ends.settle();
            assertEquals(List.of("IllegalReferenceCountException"), send);
            assertFalse(ends.connection().isDisposed());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCancelThePublisherOfACancelledSend(Kind kind) {
        try (Ends ends = kind.open()) {
            Sinks.Many<ByteBuf> source = Sinks.many().unicast().onBackpressureBuffer();
            boolean[] cancelled = new boolean[1];
            Disposable send =
                    ends.connection()
                            .send(source.asFlux().doOnCancel(() -> cancelled[0] = true))
                            .subscribe();
            ends.settle();
            send.dispose();
            ends.settle();
            assertTrue(cancelled[0]);
            List<String> next = ends(ends.connection().sendText("next"));
            ends.settle();
            assertEquals(List.of("complete"), next);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDiscardWhatArrivedWhenTheReceiveIsCancelledAndStillSend(Kind kind) {
        try (Ends ends = kind.open()) {
            Taker taker = new Taker();
            ends.connection().receive().subscribe(taker);
            ends.settle();
            taker.request(1);
            ends.settle();
            ends.write("one");
            ends.write("two");
            taker.cancel();
            ends.settle();
            assertEquals("one", taker.text());
            assertNull(taker.error);
            ends(ends.connection().sendText("answer"));
            ends.settle();
            assertEquals("answer", ends.received());
        }
    }
}
