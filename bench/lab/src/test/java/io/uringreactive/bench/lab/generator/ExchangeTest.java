// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.generator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {
    private static final String REPLY =
            "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 3\r\n\r\nabc";

    @Test
    void shouldAcceptAReplyCutAnywhere() throws IOException {
        for (int cut = 1; cut < REPLY.length(); cut++) {
            HttpExchange exchange = new HttpExchange("h", "abc");
            exchange.request();
            assertFalse(exchange.received(bytes(REPLY.substring(0, cut))), "cut at " + cut);
            assertTrue(exchange.received(bytes(REPLY.substring(cut))), "cut at " + cut);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 500 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd",
                "HTTP/1.1 200 OK\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabd",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcd"
            })
    void shouldRefuseAnotherReply(String reply) {
        HttpExchange exchange = new HttpExchange("h", "abc");
        exchange.request();
        assertThrows(IOException.class, () -> exchange.received(bytes(reply)));
    }

    @Test
    void shouldEchoPieceByPiece() throws IOException {
        EchoExchange exchange = new EchoExchange(10, 1);
        byte[] sent = new byte[10];
        exchange.request().get(sent);
        assertFalse(exchange.received(ByteBuffer.wrap(sent, 0, 4)));
        assertTrue(exchange.received(ByteBuffer.wrap(sent, 4, 6)));
        byte[] next = new byte[10];
        exchange.request().get(next);
        assertNotEquals(ByteBuffer.wrap(sent), ByteBuffer.wrap(next), "each message is new");
    }

    @Test
    void shouldRefuseAnotherEcho() {
        EchoExchange exchange = new EchoExchange(4, 1);
        byte[] sent = new byte[4];
        exchange.request().get(sent);
        sent[3]++;
        assertThrows(IOException.class, () -> exchange.received(ByteBuffer.wrap(sent)));
        exchange.request();
        assertThrows(IOException.class, () -> exchange.received(ByteBuffer.allocate(5)));
        assertEquals(4, exchange.request().remaining());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
