// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Net;
import io.uringreactive.Transport;
import io.uringreactive.test.SelfSigned;
import io.uringreactive.tls.Tls;
import io.uringreactive.tls.TlsConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** HTTP over TLS, as the JDK's client sees it. */
class HttpsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void shouldServeTheJdksClient() throws Exception {
        SSLContext context = SelfSigned.context();
        HttpRoutes routes =
                HttpRoutes.none()
                        .get(
                                "/",
                                (request, response) ->
                                        response.sendText(
                                                request.connection() instanceof TlsConnection
                                                        ? "secure"
                                                        : "plain"))
                        .post("/", (request, response) -> response.send(request.body()));
        Transport transport = Net.provider("nio").open(1);
        Listener listener =
                Objects.requireNonNull(
                        transport.listen(ListenOptions.port(0).host("localhost")).block(PATIENCE));
        listener.serve(Tls.server(context).handler(UringHttp.handler(HttpOptions.port(0), routes)))
                .subscribe();
        URI uri = URI.create("https://localhost:" + listener.address().getPort() + "/");
        for (int i = 0; i < 3; i++) {
            assertEquals("secure", body(open(uri, context)));
        }
        String body = "upload ".repeat(100_000);
        HttpsURLConnection post = open(uri, context);
        post.setDoOutput(true);
        post.setChunkedStreamingMode(0);
        try (OutputStream out = post.getOutputStream()) {
            out.write(body.getBytes(UTF_8));
        }
        assertEquals(body, body(post));
        transport.disposeGracefully().block(PATIENCE);
    }

    private static HttpsURLConnection open(URI uri, SSLContext context) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        return connection;
    }

    private static String body(HttpsURLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
