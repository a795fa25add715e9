// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.uringreactive.UringNet;
import io.uringreactive.boot.RingGroupCustomizer;
import io.uringreactive.boot.UringServerCustomizer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.test.web.reactive.server.WebTestClient;

/** start/webflux.md, guide/metrics.md. */
@SpringBootTest(
        classes = {WebFluxApplication.class, WebFluxTest.Customizers.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.endpoints.web.exposure.include=health,metrics,uring")
@AutoConfigureWebTestClient
class WebFluxTest {
    @TestConfiguration(proxyBeanMethods = false)
    static class Customizers {
        // #region customizers
        @Bean
        UringServerCustomizer serverHeader() {
            return options -> options.serverHeader("uring");
        }

        @Bean
        RingGroupCustomizer twoRings() {
            return options -> options.rings(2);
        }
        // #endregion customizers
    }

    @Autowired private WebTestClient client;
    @Autowired private MeterRegistry registry;

    @Test
    void shouldAnswer() {
        client.get()
                .uri("/hello?name=Ada")
                .exchange()
                .expectHeader()
                .valueEquals("Server", "uring")
                .expectBody(String.class)
                .isEqualTo("Hello, Ada");
    }

    @Test
    void shouldTellWhatItRunsOn() {
        client.get()
                .uri("/actuator/uring")
                .exchange()
                .expectBody()
                .jsonPath("$.transport")
                .isEqualTo(UringNet.availability().isAvailable() ? "uring" : "epoll");
    }

    @Test
    void shouldCountConnections() {
        // #region gauge
        Gauge connections = registry.get("uring.server.connections").gauge();
        // #endregion gauge
        assertTrue(connections.value() >= 0);
        if (UringNet.availability().isAvailable()) {
            assertEquals(2, registry.get("uring.ring.enters").functionCounters().size());
        }
    }
}
