// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.Transport;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** On io_uring, where sends and buffers can be counted. */
class UringTransportTest extends RealTransportTest {
    @Override
    Transport open() {
        return RingGroup.create(RingGroupOptions.defaults().rings(1));
    }

    private List<RingStatus> statuses() {
        return Flux.fromIterable(((RingGroup) transport()).rings())
                .flatMap(RingScheduler::status)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    /** Before the transport goes: every connection ends, and every buffer comes back. */
    @AfterEach
    @Override
    void close() {
        if (transport().isDisposed()) {
            return;
        }
        server().dispose();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<RingStatus> rings = statuses();
        while (rings.stream().anyMatch(ring -> ring.connections() > 0 || ring.buffersOut() > 0)) {
            assertTrue(System.nanoTime() < deadline, "still held: " + rings);
            Thread.onSpinWait();
            rings = statuses();
        }
        super.close();
    }

    @Test
    void shouldEndHandlersWhenTheTransportStops() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        serve(
                HttpOptions.port(0),
                (request, response) ->
                        Mono.<Void>never()
                                .doOnSubscribe(subscription -> asked.countDown())
                                .doOnCancel(cancelled::countDown));
        try (Socket socket = connect()) {
            write(socket, GET + "GET / HT");
            assertTrue(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            transport().disposeGracefully().block(PATIENCE);
            assertTrue(cancelled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertEquals(0, server().connections());
        }
    }

    @Test
    void shouldAnswerManyPipelinedRequestsWithFewSends() throws IOException {
        serve(HttpOptions.port(0), (request, response) -> response.sendText("hello"));
        try (Socket socket = connect()) {
            write(socket, GET);
            readUntil(socket, "hello");
            long before = statuses().getFirst().counters().submitted();
            write(socket, GET.repeat(16));
            for (int i = 0; i < 16; i++) {
                readUntil(socket, "hello");
            }
            long submitted = statuses().getFirst().counters().submitted() - before;
            // One send for all of them; some room for a receive, a timer, and a cut in the stream.
            assertTrue(submitted <= 8, () -> "operations: " + submitted);
        }
    }
}
