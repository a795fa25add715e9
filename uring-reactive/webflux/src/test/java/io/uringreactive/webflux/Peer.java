// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.UringHttp;
import io.uringreactive.test.TestConnection;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.HttpHandler;

/** A client of a Spring handler on a connection in memory. */
final class Peer {
    static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final TestConnection connection = TestConnection.create();
    private final TrackedAllocator allocator = new TrackedAllocator();

    Peer(HttpHandler handler) {
        this(HttpOptions.port(0), handler);
    }

    Peer(HttpOptions options, HttpHandler handler) {
        UringHttpHandlerAdapter adapter =
                new UringHttpHandlerAdapter(handler, new NettyDataBufferFactory(allocator));
        connection.handle(UringHttp.handler(options, adapter)).subscribe();
    }

    /** The server's end. */
    TestConnection connection() {
        return connection;
    }

    Peer write(String text) {
        connection.peer().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** All that it was sent since the last call. */
    String answers() {
        return new String(connection.peer().read(), ISO_8859_1);
    }

    boolean sawEnd() {
        return connection.peer().sawEnd();
    }

    void assertNothingLeaked() {
        connection.assertNothingLeaked();
        allocator.assertNothingLeaked();
    }
}
