// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import static io.uringreactive.examples.RunningExample.AWAIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.examples.RingsController.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class RingsTest extends OnEachServer {
    @Test
    void shouldReadTheRingsEachSecond() {
        List<Reading> readings =
                client().get()
                        .uri("/rings")
                        .accept(MediaType.TEXT_EVENT_STREAM)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .returnResult(Reading.class)
                        .getResponseBody()
                        .take(2)
                        .collectList()
                        .block(AWAIT);
        assertNotNull(readings);
        Reading first = readings.getFirst();
        Reading second = readings.getLast();
        assertTrue(second.nanos() > first.nanos());
        assertEquals(server == Server.URING, !second.rings().isEmpty());
        for (int i = 0; i < second.rings().size(); i++) {
            assertTrue(second.rings().get(i).turns() > first.rings().get(i).turns());
        }
    }
}
