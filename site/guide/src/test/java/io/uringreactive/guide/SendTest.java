// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.uringreactive.Connection;
import io.uringreactive.test.TestConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** guide/send.md. */
class SendTest {
    // #region stream
    /** Numbers as lines, made no faster than the peer reads them. */
    static Mono<Void> numbers(Connection conn, int count) {
        Flux<ByteBuf> lines =
                Flux.range(1, count)
                        .map(n -> ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, n + "\n"));
        return conn.send(lines);
    }

    // #endregion stream

    @Test
    void shouldSendLines() {
        TestConnection conn = TestConnection.create();
        numbers(conn, 3).subscribe();
        assertEquals("1\n2\n3\n", conn.peer().received());
    }

    @Test
    void shouldStopThePublisherOfAPeerThatDoesNotRead() {
        TestConnection conn = TestConnection.create();
        conn.peer().pauseReading();
        AtomicInteger made = new AtomicInteger();
        Flux<String> lines = Flux.range(1, 1_000_000).map(n -> made.incrementAndGet() + "\n");
        conn.handle(c -> c.sendText(lines)).subscribe();
        assertTrue(made.get() < 1_000, () -> made + " were made for a peer that reads nothing");
        conn.dispose();
    }

    @Test
    void shouldSendOneAfterTheOther() {
        TestConnection conn = TestConnection.create();
        // #region order
        Mono<Void> greeting = conn.sendText("hello, ").then(conn.sendText("world\n"));
        // #endregion order
        greeting.subscribe();
        assertEquals("hello, world\n", conn.peer().received());
    }

    @Test
    void shouldEndItsSideAndGoOnReceiving() {
        TestConnection conn = TestConnection.create();
        // #region half
        Mono<Void> request = conn.sendText("question\n").then(conn.shutdownOutput());
        Mono<String> answer = conn.receiveText().reduce("", String::concat);
        // #endregion half
        StringBuilder heard = new StringBuilder();
        request.then(answer).subscribe(heard::append);
        assertTrue(conn.peer().sawEnd());
        conn.peer().write("answer");
        conn.peer().shutdownWrite();
        assertEquals("answer", heard.toString());
    }

    @Test
    void shouldCancelAStreamBeforeItCloses() {
        TestConnection conn = TestConnection.create();
        // #region endless
        Flux<String> ticks =
                Flux.interval(Duration.ofSeconds(1), conn.scheduler()).map(n -> n + "\n");
        Mono<Void> untilThePeerEnds =
                conn.sendText(ticks.takeUntilOther(conn.receiveText().then()));
        // #endregion endless
        conn.handle(c -> untilThePeerEnds).subscribe();
        conn.scheduler().advanceTimeBy(Duration.ofSeconds(2));
        assertEquals("0\n1\n", conn.peer().received());
        assertFalse(conn.isDisposed());
        conn.peer().shutdownWrite();
        assertTrue(conn.peer().sawEnd());
        conn.assertNothingLeaked();
    }
}
