// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.TlsFailed;
import io.uringreactive.testing.Rings;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How secure connections end: in order, cut off, and with alerts. */
class TlsEndTest extends MemoryTest {
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldCompleteOnCloseNotify(String protocol) {
        Ends ends = open(1_000, TlsOptions.defaults().protocols(protocol));
        StepVerifier.create(ends.server().receive())
                .then(() -> ends.client().shutdownOutput().subscribe())
                .expectComplete()
                .verify(Rings.LIMIT);
        ends.close();
    }

    @Test
    void shouldGoOnSendingAfterThePeersCloseNotify() {
        Ends ends = open(1_000, TlsOptions.defaults());
        ends.client().shutdownOutput().block(Rings.LIMIT);
        ends.server().receive().blockLast(Rings.LIMIT);
        Mono<String> reply = RingTest.text(ends.client().receive());
        assertEquals(
                "late",
                ends.server()
                        .sendText("late")
                        .then(ends.server().close())
                        .then(Mono.<String>empty())
                        .mergeWith(reply)
                        .single()
                        .block(Rings.LIMIT));
        ends.close();
    }

    /** RFC 5246, 7.2.1: the peer's close_notify ends both directions. */
    @Test
    void shouldRefuseToSendAfterThePeersCloseNotifyUnderTls12() {
        Ends ends = open(1_000, TlsOptions.defaults().protocols("TLSv1.2"));
        ends.client().shutdownOutput().block(Rings.LIMIT);
        ends.server().receive().blockLast(Rings.LIMIT);
        StepVerifier.create(ends.server().sendText("late"))
                .expectError(ConnectionClosed.class)
                .verify(Rings.LIMIT);
        ends.close();
    }

    @Test
    void shouldSayCloseNotifyOnClose() {
        Ends ends = open(1_000, TlsOptions.defaults());
        CompletableFuture<@Nullable String> got = RingTest.text(ends.server().receive()).toFuture();
        ends.client().sendText("all of it").subscribe();
        ends.client().close().block(Rings.LIMIT);
        assertEquals("all of it", got.join());
        ends.close();
    }

    @Test
    void shouldRefuseToSendAfterItsOwnEnd() {
        Ends ends = open(1_000, TlsOptions.defaults());
        ends.client().shutdownOutput().block(Rings.LIMIT);
        StepVerifier.create(ends.client().sendText("late"))
                .expectError(ConnectionClosed.class)
                .verify(Rings.LIMIT);
        ends.close();
    }

    @Test
    void shouldFailOnAFinWithoutCloseNotify() {
        Ends ends = open(1_000, TlsOptions.defaults());
        StepVerifier.create(ends.server().receive().map(ByteBuf::release))
                .then(() -> ends.client().sendText("part").block(Rings.LIMIT))
                .expectNext(true)
                .then(() -> ends.clientSide().shutdownOutput().block(Rings.LIMIT))
                .expectErrorSatisfies(e -> assertReason(TlsFailed.Reason.TRUNCATED, e))
                .verify(Rings.LIMIT);
        ends.close();
    }

    @Test
    void shouldFailWithinARecordThatIsCut() {
        Ends ends = open(1_000, TlsOptions.defaults());
        ends.serverSide().onArrival(b -> b.writerIndex(b.writerIndex() - 1));
        StepVerifier.create(ends.server().receive())
                .then(() -> ends.client().sendText("part").block(Rings.LIMIT))
                .then(() -> ends.clientSide().shutdownOutput().block(Rings.LIMIT))
                .expectErrorSatisfies(e -> assertReason(TlsFailed.Reason.TRUNCATED, e))
                .verify(Rings.LIMIT);
        ends.close();
    }

    /** The one who notices says bad_record_mac, and the other one hears it. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldFailOnADamagedRecordAndTellThePeer(String protocol) {
        Ends ends = open(1_000, TlsOptions.defaults().protocols(protocol));
        ends.serverSide()
                .onArrival(b -> b.setByte(b.writerIndex() - 1, ~b.getByte(b.writerIndex() - 1)));
        CompletableFuture<Throwable> heard = new CompletableFuture<>();
        ends.client().receive().subscribe(ByteBuf::release, heard::complete);
        StepVerifier.create(ends.server().receive())
                .then(() -> ends.client().sendText("damaged").block(Rings.LIMIT))
                .expectErrorSatisfies(e -> assertReason(TlsFailed.Reason.PROTOCOL, e))
                .verify(Rings.LIMIT);
        Throwable alert = heard.join();
        assertReason(TlsFailed.Reason.ALERT, alert);
        assertTrue(String.valueOf(alert.getMessage()).contains("bad_record_mac"), alert::toString);
        assertTrue(ends.server().isDisposed());
        StepVerifier.create(ends.server().sendText("x"))
                .expectError(TlsFailed.class)
                .verify(Rings.LIMIT);
        ends.close();
    }

    @Test
    void shouldRefuseToRenegotiate() {
        Ends ends = open(1_000, TlsOptions.defaults().protocols("TLSv1.2"));
        // An unencrypted handshake record: its type is what gives it away.
        byte[] record = {22, 3, 3, 0, 4, 0, 0, 0, 0};
        StepVerifier.create(ends.server().receive())
                .then(
                        () ->
                                ends.clientSide()
                                        .send(
                                                Mono.just(
                                                        ByteBufAllocator.DEFAULT
                                                                .buffer()
                                                                .writeBytes(record)))
                                        .block(Rings.LIMIT))
                .expectErrorSatisfies(
                        e -> {
                            assertReason(TlsFailed.Reason.PROTOCOL, e);
                            assertTrue(String.valueOf(e.getMessage()).contains("renegotiate"));
                        })
                .verify(Rings.LIMIT);
        ends.close();
    }

    @Test
    void shouldAcceptOneReceiverOnly() {
        Ends ends = open(1_000, TlsOptions.defaults());
        ends.client().receive().onErrorComplete().subscribe(ByteBuf::release);
        StepVerifier.create(ends.client().receive())
                .expectError(IllegalStateException.class)
                .verify(Rings.LIMIT);
        ends.close();
    }

    @Test
    void shouldFailASendWithTheErrorOfItsData() {
        Ends ends = open(1_000, TlsOptions.defaults());
        IllegalStateException broken = new IllegalStateException("broken");
        Flux<ByteBuf> data =
                Flux.range(0, 3)
                        .map(i -> ByteBufAllocator.DEFAULT.buffer().writeInt(i))
                        .concatWith(Mono.error(broken));
        StepVerifier.create(ends.client().send(data))
                .expectErrorSatisfies(e -> assertEquals(broken, e))
                .verify(Rings.LIMIT);
        CompletableFuture<@Nullable ByteBuf> got = ends.server().receive().next().toFuture();
        ends.client().sendText("next").block(Rings.LIMIT);
        assertEquals(true, Objects.requireNonNull(got.join()).release());
        ends.close();
    }

    private static void assertReason(TlsFailed.Reason reason, Throwable e) {
        assertEquals(reason, assertInstanceOf(TlsFailed.class, e, e::toString).reason());
    }
}
