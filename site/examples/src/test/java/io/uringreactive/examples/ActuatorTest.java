// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import static io.uringreactive.examples.RunningExample.AWAIT;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;

class ActuatorTest extends OnEachServer {
    @Test
    void shouldRunOnTheServerThatWasAskedFor() {
        assertEquals(
                server.factory(),
                example().context().getBean(ReactiveWebServerFactory.class).getClass().getName());
    }

    @Test
    void shouldBeHealthy() {
        client().get()
                .uri("/actuator/health")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("UP");
    }

    @Test
    void shouldCountRequests() {
        // Nobody else asks for a head of these.
        client().head().uri("/notes").exchange().expectStatus().isOk();
        // Counted when the response has ended, which may be a moment after the client has it.
        await().atMost(AWAIT)
                .untilAsserted(
                        () ->
                                client().get()
                                        .uri(
                                                "/actuator/metrics/http.server.requests"
                                                        + "?tag=uri:/notes&tag=method:HEAD")
                                        .exchange()
                                        .expectBody()
                                        .jsonPath("$.measurements[?(@.statistic=='COUNT')].value")
                                        .isEqualTo(1.0));
    }

    @Test
    void shouldTellOfItsRingsWhereItHasSome() {
        int status = server == Server.URING ? 200 : 404;
        client().get().uri("/actuator/uring").exchange().expectStatus().isEqualTo(status);
    }
}
