// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import io.uringreactive.ConnectionClosed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who owns a buffer, and for how long. */
public interface BufferContract extends Theme {
    int KEPT_BYTES = 60_000;
    int TRAFFIC_BYTES = 300_000;

    private Bytes keeping(Pair pair) {
        Bytes kept = new Bytes(Bytes.Content.SEQUENCE);
        kept.keep(true);
        stage().subscribe(pair.server().receive(), kept, Long.MAX_VALUE);
        stage().done(pair.client().send(stage().outgoing().sequence(KEPT_BYTES, 1500)));
        stage().await(() -> "all is there: " + kept, () -> kept.bytes() == KEPT_BYTES);
        return kept;
    }

    private void traffic(Pair pair) {
        Bytes bytes = stage().bytes(pair.server(), Long.MAX_VALUE);
        stage().done(pair.client().send(stage().outgoing().sequence(TRAFFIC_BYTES, 2000)));
        stage().await(() -> "the others go on: " + bytes, () -> bytes.bytes() == TRAFFIC_BYTES);
    }

    private static void expectUntouched(Bytes kept) {
        long at = 0;
        for (ByteBuf buffer : kept.kept()) {
            assertEquals(1, buffer.refCnt());
            assertEquals(-1, Sequence.mismatch(at, buffer), "a kept buffer was written to");
            at += buffer.readableBytes();
        }
        assertEquals(KEPT_BYTES, at);
    }

    @Test
    default void shouldLeaveBuffersAloneUntilTheirSubscriberReleasesThem() {
        Bytes kept = keeping(stage().pair());
        traffic(stage().pair());
        expectUntouched(kept);
    }

    @Test
    default void shouldKeepBuffersBeyondTheirConnectionAndReleaseThemOnAnyThread() {
        Pair pair = stage().pair();
        Bytes kept = keeping(pair);
        stage().done(pair.client().shutdownOutput());
        stage().complete(kept);
        pair.server().dispose();
        stage().done(pair.server().onClose());
        expectUntouched(kept);
        stage().elsewhere(() -> kept.kept().forEach(ByteBuf::release));
        kept.kept().forEach(buffer -> assertEquals(0, buffer.refCnt()));
        kept.kept().clear();
    }

    @Test
    default void shouldServeOthersWhileManyKeepTheirBuffers() {
        List<Bytes> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(keeping(stage().pair()));
        }
        traffic(stage().pair());
        all.forEach(BufferContract::expectUntouched);
    }

    @Test
    default void shouldReleaseWhatIsSentWhenTheSendCompletes() {
        Pair pair = stage().pair();
        stage().text(pair.server());
        stage().done(pair.client().send(stage().outgoing().sequence(100_000, 1000)));
        assertEquals("", stage().outgoing().unreleased());
    }

    @Test
    default void shouldReleaseWhatIsQueuedWhenTheSendsPublisherFailsAndStayOpen() {
        Pair pair = stage().pair();
        Bytes got = stage().text(pair.server());
        IllegalArgumentException mine = new IllegalArgumentException("the publisher's own");
        Flux<ByteBuf> source =
                Flux.concat(stage().outgoing().sequence(5000, 1000), Flux.error(mine));
        Throwable failure =
                stage().failure(IllegalArgumentException.class, pair.client().send(source));
        assertEquals(mine, failure);
        stage().done(pair.client().sendText("next"));
        stage().await(() -> "the next arrives: " + got, () -> got.text().endsWith("next"));
        stage().await(
                        stage().outgoing()::unreleased,
                        () -> stage().outgoing().unreleased().isEmpty());
    }

    @Test
    default void shouldFailASendOfABufferThatWasReleased() {
        Pair pair = stage().pair();
        ByteBuf released = Unpooled.buffer(4).writeInt(1);
        released.release();
        stage().failure(
                        IllegalReferenceCountException.class,
                        pair.client().send(Mono.just(released)));
        stage().done(pair.client().sendText("it stays open"));
    }

    @Test
    default void shouldTakeNothingForASendOnAClosedConnection() {
        Pair pair = stage().pair();
        pair.client().dispose();
        stage().done(pair.client().onClose());
        stage().failure(
                        ConnectionClosed.class,
                        pair.client().send(stage().outgoing().sequence(1000, 100)));
        assertEquals("", stage().outgoing().unreleased());
    }

    @Test
    default void shouldSendTheReadablePartAndReleaseTheWholeOnce() {
        Pair pair = stage().pair();
        Bytes got = stage().text(pair.server());
        ByteBuf whole = stage().outgoing().text("0123456789");
        ByteBuf part = whole.retainedSlice(2, 3);
        whole.skipBytes(7);
        stage().done(pair.client().send(Flux.just(whole, part)));
        stage().await(() -> "it arrives: " + got, () -> got.bytes() == 6);
        assertEquals("789234", got.text());
        assertEquals("", stage().outgoing().unreleased());
    }
}
