// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.test.TestConnection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A pooled buffer that was released comes back as the same object, with other bytes in it: for the
 * same connection, or for another of the thread. Here it does so at once.
 */
class HeldBufferTest {
    private final List<String> targets = new ArrayList<>();
    private final ByteBuf pooled = Unpooled.buffer();
    private Runnable onSecond = () -> {};

    /** Those that are written to from within a handler. */
    private final StrictHandler own = open();

    private final StrictHandler other = open();

    @BeforeEach
    void keepThePooledOne() {
        pooled.retain(100);
    }

    private StrictHandler open() {
        TestConnection connection = TestConnection.create();
        Serving serving =
                new Serving(
                        HttpOptions.port(0),
                        (request, response) -> {
                            targets.add(request.target());
                            if (request.target().equals("/2")) {
                                onSecond.run();
                            }
                            return response.send();
                        });
        ConnectionChannel channel = new ConnectionChannel(connection, serving.options(), () -> {});
        Http1Connection http = new Http1Connection(serving, channel);
        channel.pipeline().addLast(http.strict(), http);
        assertNotNull(channel.loop().register(channel));
        channel.start();
        return http.strict();
    }

    private ByteBuf holding(String... requests) {
        pooled.clear();
        for (String target : requests) {
            pooled.writeBytes(
                    ("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(US_ASCII));
        }
        return pooled;
    }

    @Test
    void shouldReadWhatComesForTheSameConnectionFromWithin() {
        onSecond = () -> own.onReceived(holding("/3", "/4"));
        own.onReceived(holding("/1", "/2"));
        assertEquals(List.of("/1", "/2", "/3", "/4"), targets);
    }

    @Test
    void shouldReadWhatComesForAnotherConnectionFromWithin() {
        onSecond = () -> other.onReceived(holding("/3", "/4"));
        own.onReceived(holding("/1", "/2"));
        assertEquals(List.of("/1", "/2", "/3", "/4"), targets);
    }

    @Test
    void shouldGoOnWithItsOwnAfterAnotherConnectionWasRead() {
        ByteBuf third = Unpooled.copiedBuffer("GET /3 HTTP/1.1\r\nHost: a\r\n\r\n", US_ASCII);
        onSecond = () -> other.onReceived(third);
        own.onReceived(holding("/1", "/2", "/4"));
        assertEquals(List.of("/1", "/2", "/3", "/4"), targets);
    }
}
