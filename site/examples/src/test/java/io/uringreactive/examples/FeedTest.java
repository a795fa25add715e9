// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import static io.uringreactive.examples.RunningExample.AWAIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.uringreactive.examples.FeedController.Square;
import io.uringreactive.examples.FeedController.Tick;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;

class FeedTest extends OnEachServer {
    @Test
    void shouldTickUntilTheClientLeaves() {
        Flux<ServerSentEvent<Tick>> events =
                client().get()
                        .uri("/feed/ticks?millis=20")
                        .accept(MediaType.TEXT_EVENT_STREAM)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .returnResult(new ParameterizedTypeReference<ServerSentEvent<Tick>>() {})
                        .getResponseBody();
        List<ServerSentEvent<Tick>> first = events.take(5).collectList().block(AWAIT);
        assertNotNull(first);
        assertEquals(
                List.of("0", "1", "2", "3", "4"), first.stream().map(ServerSentEvent::id).toList());
        assertEquals("tick", first.getFirst().event());
    }

    @Test
    void shouldStreamALineForEachSquare() {
        int count = 5_000;
        Flux<Square> squares =
                client().get()
                        .uri("/feed/squares?count=" + count)
                        .exchange()
                        .expectHeader()
                        .contentTypeCompatibleWith(MediaType.APPLICATION_NDJSON)
                        .returnResult(Square.class)
                        .getResponseBody();
        List<Square> all = squares.collectList().block(AWAIT);
        assertNotNull(all);
        assertEquals(count, all.size());
        assertEquals(new Square(count, (long) count * count), all.getLast());
    }

    @Test
    void shouldRefuseACountThatIsOutOfBounds() {
        client().get()
                .uri("/feed/squares?count=0")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }
}
