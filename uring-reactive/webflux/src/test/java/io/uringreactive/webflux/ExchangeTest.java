// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** One request and its response, as Spring's handlers see and make them. */
class ExchangeTest {
    private static final String GET = "GET /a?b=c HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void shouldSendAMonoWithItsLength() {
        Peer peer =
                new Peer(
                        (request, response) ->
                                response.writeWith(
                                        Mono.fromSupplier(
                                                () ->
                                                        response.bufferFactory()
                                                                .wrap("hello".getBytes(UTF_8)))));
        String answer = peer.write(GET).answers();
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertTrue(answer.contains("content-length: 5\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\nhello"), answer);
        peer.assertNothingLeaked();
    }
}
