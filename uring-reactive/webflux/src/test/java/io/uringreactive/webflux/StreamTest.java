// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static io.uringreactive.webflux.Peer.GET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;

/** Responses in several pieces: flushes and demand. */
class StreamTest {
    @Test
    void shouldFlushBehindEachGroup() {
        Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();
        Peer peer =
                new Peer(
                        (request, response) ->
                                response.writeAndFlushWith(
                                        source.asFlux()
                                                .map(text -> ExchangeTest.mono(response, text))));
        assertEquals("", peer.write(GET).answers(), "nothing is said before the first group");
        source.tryEmitNext("one");
        String answer = peer.answers();
        assertTrue(answer.endsWith("\r\n\r\n3\r\none\r\n"), answer);
        source.tryEmitNext("two");
        assertEquals("3\r\ntwo\r\n", peer.answers());
        source.tryEmitComplete();
        assertEquals("0\r\n\r\n", peer.answers());
        peer.assertNothingLeaked();
    }

    @Test
    void shouldAskForMoreOnlyAsTheClientTakes() {
        AtomicLong made = new AtomicLong();
        Peer peer =
                new Peer(
                        (request, response) ->
                                response.writeWith(
                                        Flux.generate(
                                                sink -> {
                                                    made.incrementAndGet();
                                                    sink.next(
                                                            ExchangeTest.buffer(
                                                                    response, "a".repeat(1000)));
                                                })));
        peer.connection().peer().pauseReading();
        peer.write(GET);
        assertTrue(made.get() < 300, made::toString);
        peer.connection().peer().reset();
        peer.assertNothingLeaked();
    }

    @Test
    void shouldReleaseGroupsWhoseTurnDoesNotCome() {
        TestPublisher<DataBuffer> first = TestPublisher.create();
        List<Integer> taken = new ArrayList<>();
        Peer peer =
                new Peer(
                        (request, response) ->
                                response.writeAndFlushWith(
                                        Flux.range(1, 10)
                                                .doOnNext(taken::add)
                                                .map(
                                                        i ->
                                                                i == 1
                                                                        ? first
                                                                        : held(
                                                                                ExchangeTest.buffer(
                                                                                        response,
                                                                                        "late")))));
        peer.write(GET);
        assertEquals(10, taken.size(), "a few are taken ahead");
        peer.connection().peer().reset();
        first.assertCancelled();
        peer.assertNothingLeaked();
    }

    /** As Spring's writers make a group of one buffer. */
    private static Mono<DataBuffer> held(DataBuffer buffer) {
        return Mono.just(buffer).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }
}
