// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.UringHttp;
import io.uringreactive.test.TestConnection;
import org.springframework.http.server.reactive.HttpHandler;

/** A client of a Spring handler on a connection in memory. */
final class Peer {
    private final TestConnection connection = TestConnection.create();

    Peer(HttpHandler handler) {
        connection
                .handle(
                        UringHttp.handler(
                                HttpOptions.port(0), new UringHttpHandlerAdapter(handler)))
                .subscribe();
    }

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
    }
}
