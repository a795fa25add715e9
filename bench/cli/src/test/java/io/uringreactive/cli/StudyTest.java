// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class StudyTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n";

    /** One buffer received for each text, one string for each buffer sent. */
    private static List<String> exchange(String... received) {
        List<ByteBuf> in = new ArrayList<>();
        Flux<ByteBuf> buffers = Flux.just(received).map(StudyTest::buffer).doOnNext(in::add);
        // The peer keeps its side open: only a reply that closes may end this.
        Flux<ByteBuf> receive = Flux.concat(buffers, Mono.never());
        List<String> sent = new ArrayList<>();
        receive.<ByteBuf>handle(new Study())
                .doOnNext(out -> sent.add(textAndRelease(out)))
                .doOnComplete(() -> sent.add("closed"))
                .subscribe();
        in.forEach(buffer -> assertEquals(0, buffer.refCnt(), "input not released"));
        return sent;
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    private static String textAndRelease(ByteBuf out) {
        String text = out.toString(US_ASCII);
        out.skipBytes(out.readableBytes());
        out.release();
        return text;
    }

    @Test
    void answersEachBufferWithOneBuffer() {
        assertEquals(List.of(Reply.OK.text(), Reply.OK.text()), exchange(GET, GET));
        assertEquals(List.of(Reply.OK.text().repeat(3)), exchange(GET + GET + GET));
        assertEquals(List.of(Reply.OK.text().repeat(100)), exchange(GET.repeat(100)));
    }

    @Test
    void answersWhenTheRequestIsComplete() {
        assertEquals(List.of(), exchange("GET / HT"));
        assertEquals(List.of(Reply.OK.text()), exchange("GET / HT", "TP/1.1\r\n", "\r\n"));
    }

    @Test
    void answersMixedRequestsInOrder() {
        assertEquals(
                List.of(
                        Reply.OK.text()
                                + Reply.HEAD.text().repeat(2)
                                + Reply.OK.text()
                                + Reply.MALFORMED.text(),
                        "closed"),
                exchange(GET + HEAD + HEAD + GET + "\0"));
    }

    @Test
    void closesAsTheClientAsks() {
        assertEquals(
                List.of(Reply.OK_CLOSE.text(), "closed"), exchange("GET / HTTP/1.0\r\n\r\n", GET));
        assertEquals(
                List.of(Reply.OK_KEEP_ALIVE.text()),
                exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
        assertEquals(
                List.of(Reply.HEAD_CLOSE.text(), "closed"),
                exchange("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n"));
        assertEquals(List.of(Reply.TOO_LARGE.text(), "closed"), exchange("G".repeat(9_000), GET));
    }

    @Test
    void endsWithThePeersInput() {
        List<ByteBuf> sent =
                Flux.just(buffer(GET), buffer("GET /"))
                        .<ByteBuf>handle(new Study())
                        .collectList()
                        .block(LIMIT);
        assertEquals(1, sent == null ? 0 : sent.size());
    }

    @ParameterizedTest
    @EnumSource
    void encodesEachReplyAsHttp(Reply reply) {
        String text = reply.text();
        int headEnd = text.indexOf("\r\n\r\n") + 4;
        String body = text.substring(headEnd);
        boolean toHead = reply.name().startsWith("HEAD");
        assertTrue(text.startsWith("HTTP/1.1 "), text);
        assertEquals(toHead, body.isEmpty(), text);
        int length = toHead ? "Hello from uring-reactive\n".length() : body.length();
        assertTrue(text.contains("\r\nContent-Length: " + length + "\r\n"), text);
        assertEquals(reply.closes(), text.contains("\r\nConnection: close\r\n"), text);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameReplyAgainAfterItsReceiverUsedAndReleasedIt(Reply reply) {
        for (int round = 0; round < 3; round++) {
            for (int count : new int[] {1, 2, 32, 33, 100}) {
                ByteBuf out = reply.times(count);
                assertFalse(count <= 32 && out.release(), "shared memory must not be freed");
                assertEquals(reply.text().repeat(count), textAndRelease(out));
            }
        }
    }
}
