// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;

/** Plain text on Helidon SE, which blocks virtual threads. Usage: HelidonHttp PORT */
final class HelidonHttp {
    private static final byte[] BODY = "Hello, World!".getBytes(US_ASCII);

    public static void main(String[] args) {
        // Otherwise it forbids all deserialization, and nobody can ask this JVM what it allocates.
        System.setProperty("helidon.serialFilter.missing.action", "ignore");
        WebServer server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(Integer.parseInt(args[0]))
                        .routing(
                                routing ->
                                        routing.get(
                                                "/",
                                                (request, response) ->
                                                        response.header(
                                                                        HeaderNames.CONTENT_TYPE,
                                                                        "text/plain")
                                                                .send(BODY)))
                        .build()
                        .start();
        System.out.println("ready: Helidon, port " + server.port());
    }

    private HelidonHttp() {}
}
