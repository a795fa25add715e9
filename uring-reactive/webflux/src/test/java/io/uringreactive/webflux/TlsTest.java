// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Net;
import io.uringreactive.Transport;
import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.UringHttp;
import io.uringreactive.test.SelfSigned;
import io.uringreactive.tls.ClientAuth;
import io.uringreactive.tls.Tls;
import io.uringreactive.tls.TlsOptions;
import java.io.InputStream;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;

/** What Spring is told of a TLS session. */
class TlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicReference<@Nullable ServerHttpRequest> seen = new AtomicReference<>();

    @Test
    void shouldTellOfTheSessionAndTheClientsCertificate() throws Exception {
        SSLContext context = SelfSigned.context();
        Transport transport = Net.provider("nio").open(1);
        Listener listener =
                Objects.requireNonNull(
                        transport.listen(ListenOptions.port(0).host("localhost")).block(PATIENCE));
        UringHttpHandlerAdapter adapter =
                new UringHttpHandlerAdapter(
                        (request, response) -> {
                            seen.set(request);
                            return response.writeWith(ExchangeTest.mono(response, "hello"));
                        });
        TlsOptions options = TlsOptions.defaults().clientAuth(ClientAuth.NEED);
        listener.serve(
                        Tls.server(context, options)
                                .handler(UringHttp.handler(HttpOptions.port(0), adapter)))
                .subscribe();
        URI uri = URI.create("https://localhost:" + listener.address().getPort() + "/a");
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        try (InputStream in = connection.getInputStream()) {
            assertEquals("hello", new String(in.readAllBytes(), UTF_8));
        }
        ServerHttpRequest request = Objects.requireNonNull(seen.get());
        assertEquals(uri, request.getURI());
        SslInfo info = Objects.requireNonNull(request.getSslInfo());
        assertTrue(Objects.requireNonNull(info.getSessionId()).matches("([0-9a-f]{2})*"));
        X509Certificate[] certificates = info.getPeerCertificates();
        assertNotNull(certificates);
        assertEquals("CN=localhost", certificates[0].getSubjectX500Principal().getName());
        transport.disposeGracefully().block(PATIENCE);
    }
}
