// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.uringreactive.test.TestConnection;
import java.time.Duration;
import java.util.Arrays;

/** A client of a server on a connection in memory. */
final class Peer {
    private final TestConnection connection = TestConnection.create();

    Peer(HttpOptions options, HttpHandler handler) {
        connection.handle(UringHttp.handler(options, handler)).subscribe();
    }

    TestConnection connection() {
        return connection;
    }

    void write(byte[] bytes, int from, int to) {
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        connection.peer().write(part);
    }

    Peer write(String text) {
        connection.peer().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** All that it was sent since the last call. */
    String answers() {
        return new String(connection.peer().read(), ISO_8859_1);
    }

    /** {@code answers} without the date, which is another one each second. */
    static String undated(String answers) {
        return answers.replaceAll("date: [^\r]*\r\n", "");
    }

    /** Lets time pass. */
    Peer pass(Duration time) {
        connection.scheduler().advanceTimeBy(time);
        return this;
    }

    boolean sawEnd() {
        return connection.peer().sawEnd();
    }

    void assertNothingLeaked() {
        connection.assertNothingLeaked();
    }
}
