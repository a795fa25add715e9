// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** An application as users write it and test it. */
@SpringBootTest(
        classes = Greetings.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class ApplicationTest {
    @Autowired private WebTestClient client;
    @Autowired private ReactiveWebServerApplicationContext context;
    @LocalServerPort private int port;

    @Test
    void shouldRunOnThisServerBesideReactorNettys() {
        assertInstanceOf(UringWebServer.class, context.getWebServer());
        assertTrue(port > 0);
        assertEquals(port, context.getWebServer().getPort());
    }

    @Test
    void shouldAnswer() {
        client.get()
                .uri("/hello?name=Ada")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("Hello, Ada");
    }

    @Test
    void shouldTakeABody() {
        client.post()
                .uri("/echo")
                .bodyValue("what it takes")
                .exchange()
                .expectBody(String.class)
                .isEqualTo("what it takes");
    }

    @Test
    void shouldSayWhatItDoesNotHave() {
        client.get().uri("/nowhere").exchange().expectStatus().isNotFound().expectBody();
    }
}
