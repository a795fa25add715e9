// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Net;
import io.uringreactive.Transport;
import io.uringreactive.tls.Tls;
import io.uringreactive.tls.TlsConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP over TLS, as the JDK's client sees it. */
class HttpsTest {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path directory = Path.of("");

    @Test
    void shouldServeTheJdksClient() throws Exception {
        SSLContext context = context();
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

    /** One that shows and trusts the same self-signed certificate. */
    private SSLContext context() throws Exception {
        Path file = directory.resolve("keys.p12");
        String command =
                Path.of(System.getProperty("java.home"), "bin", "keytool")
                        + " -genkeypair -alias key -keyalg EC -dname CN=localhost"
                        + " -ext SAN=dns:localhost -storetype PKCS12 -storepass password -keystore "
                        + file;
        Process keytool = new ProcessBuilder(command.split(" ", -1)).inheritIO().start();
        assertTrue(keytool.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory key = KeyManagerFactory.getInstance("PKIX");
        key.init(keys, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("self", keys.getCertificate("key"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(key.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
