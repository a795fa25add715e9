// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples.kotlin

import io.uringreactive.boot.UringReactiveWebServerFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.test.web.server.LocalServerPort
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory
import org.springframework.http.client.reactive.JdkClientHttpConnector
import org.springframework.test.web.reactive.server.WebTestClient
import org.springframework.test.web.reactive.server.expectBody
import org.springframework.test.web.reactive.server.expectBodyList
import org.springframework.test.web.reactive.server.returnResult
import java.time.Duration

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = ["server.shutdown=immediate"],
)
class FeedApplicationTest(
    @param:LocalServerPort private val port: Int,
    @param:Autowired private val factory: ReactiveWebServerFactory,
) {
    private val limit = Duration.ofSeconds(20)

    private val client =
        WebTestClient.bindToServer(JdkClientHttpConnector())
            .baseUrl("http://127.0.0.1:$port")
            .responseTimeout(limit)
            .build()

    @Test
    fun `should run on uring`() {
        assertInstanceOf(UringReactiveWebServerFactory::class.java, factory)
    }

    @Test
    fun `should tick until the client leaves`() {
        val ticks =
            client.get().uri("/feed/ticks?millis=20").exchange()
                .returnResult<Tick>().responseBody.take(5).collectList().block(limit)
        assertEquals(listOf(0L, 1L, 2L, 3L, 4L), ticks?.map { it.number })
    }

    @Test
    fun `should stream a line for each square`() {
        client.get().uri("/feed/squares?count=1000").exchange()
            .expectBodyList<Square>()
            .hasSize(1000)
            .contains(Square(1000, 1_000_000))
    }

    @Test
    fun `should resume where it was suspended`() {
        client.post().uri("/feed/reversed").bodyValue("drawer").exchange()
            .expectStatus().isOk
            .expectBody<String>().isEqualTo("reward")
    }
}
