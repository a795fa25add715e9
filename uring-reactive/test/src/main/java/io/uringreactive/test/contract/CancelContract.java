// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A cancel stops what it is for, at any point, and nothing else. */
public interface CancelContract extends Theme {
    /** When a receive is cancelled. */
    enum Point {
        BEFORE_ITS_SUBSCRIPTION,
        BEFORE_ANY_REQUEST,
        WHILE_IT_WAITS,
        BETWEEN_BUFFERS
    }

    @Test
    default void shouldStopAReceiveAtAnyPointAndGoOnSending() {
        for (Point point : Point.values()) {
            Pair pair = stage().pair();
            Bytes bytes = new Bytes(Bytes.Content.SEQUENCE);
            if (point == Point.BEFORE_ITS_SUBSCRIPTION) {
                bytes.cancel();
            }
            stage().subscribe(pair.server().receive(), bytes, 0);
            if (point == Point.WHILE_IT_WAITS) {
                bytes.request(5);
            }
            if (point == Point.BETWEEN_BUFFERS) {
                bytes.request(1);
                stage().done(pair.client().send(stage().outgoing().sequence(50_000, 1000)));
                stage().await("the first buffer", () -> bytes.count() == 1);
            }
            Thread ring = stage().thread(pair.server());
            stage().elsewhere(bytes::cancel);
            // What the ring was told of before is done now.
            assertEquals(ring, stage().thread(pair.server()));
            int count = bytes.count();
            bytes.request(1000);
            stage().run(pair.client().send(stage().outgoing().sequence(2000, 1000)));
            stage().holds("it gets nothing at " + point, () -> bytes.count() == count);
            assertFalse(bytes.isDone(), () -> "told after a cancel at " + point);

            Bytes answer = stage().text(pair.client());
            stage().done(pair.server().sendText("sending goes on"));
            stage().await(
                            () -> "sending goes on after a cancel at " + point,
                            () -> answer.text().equals("sending goes on"));
            stage().failure(IllegalStateException.class, pair.server().receive());
        }
    }

    @Test
    default void shouldStopASendAndLeaveTheNextOneAlone() {
        Pair pair = stage().pair();
        AtomicBoolean cancelled = new AtomicBoolean();
        Flux<ByteBuf> source =
                Flux.concat(stage().outgoing().sequence(3000, 1000), Flux.<ByteBuf>never())
                        .doOnCancel(() -> cancelled.set(true));
        Probe<Void> send = stage().run(pair.client().send(source));
        Bytes got = stage().text(pair.server());
        stage().await(() -> "it sends: " + got, () -> got.bytes() == 3000);
        stage().elsewhere(send::cancel);
        stage().await("its publisher is cancelled", cancelled::get);
        assertFalse(send.isDone(), "who cancels is told nothing");
        stage().done(pair.client().sendText("next"));
        stage().await(() -> "the next arrives: " + got, () -> got.bytes() == 3004);
    }

    @Test
    default void shouldRemoveWhatIsQueuedOfASendThatIsCancelled() {
        Pair pair = stage().pair();
        Probe<Void> send =
                stage().run(pair.client().send(stage().outgoing().sequence(8_000_000, 4096)));
        long taken = stage().settled(() -> stage().outgoing().bytes());
        send.cancel();
        stage().holds("nothing more is taken", () -> stage().outgoing().bytes() == taken);
        Bytes got = stage().text(pair.server());
        stage().done(pair.client().sendText("next"));
        stage().done(pair.client().shutdownOutput());
        stage().complete(got);
        assertTrue(got.bytes() <= taken + 4, () -> got + " of " + taken);
        assertTrue(got.text().endsWith("next"));
    }

    @Test
    default void shouldTakeNothingOfASendThatIsCancelledAtOnce() {
        Pair pair = stage().pair();
        Probe<Void> send = new Probe<>();
        send.cancel();
        stage().subscribe(pair.client().send(stage().outgoing().sequence(1000, 100)), send, 0);
        Bytes got = stage().text(pair.server());
        stage().done(pair.client().sendText("next"));
        stage().await(() -> "the next arrives: " + got, () -> got.text().endsWith("next"));
        assertFalse(send.isDone());
    }

    @Test
    default void shouldCloseAlthoughTheCloseIsCancelled() {
        Pair pair = stage().pair();
        stage().run(pair.client().send(stage().outgoing().sequence(200_000, 1000)));
        Probe<Void> close = stage().run(pair.client().close());
        close.cancel();
        Bytes bytes = stage().bytes(pair.server(), Long.MAX_VALUE);
        stage().complete(bytes);
        assertEquals(200_000, bytes.bytes());
        stage().done(pair.server().close());
        stage().done(pair.client().onClose());
        assertFalse(close.isDone(), "who cancels is told nothing");
    }

    @Test
    default void shouldEndTheOutputAlthoughTheShutdownIsCancelled() {
        Pair pair = stage().pair();
        Probe<Void> end = stage().run(pair.client().shutdownOutput());
        end.cancel();
        stage().complete(stage().text(pair.server()));
    }

    @Test
    default void shouldNotCloseForOneWhoWaitsForTheCloseAndGivesUp() {
        Pair pair = stage().pair();
        Probe<Void> waiting = stage().run(pair.client().onClose());
        waiting.cancel();
        Bytes got = stage().text(pair.server());
        stage().done(pair.client().send(Mono.fromSupplier(() -> stage().outgoing().text("x"))));
        stage().await(() -> "it is open: " + got, () -> got.text().equals("x"));
        assertFalse(pair.client().isDisposed());
    }
}
