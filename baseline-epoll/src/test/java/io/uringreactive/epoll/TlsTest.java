// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.Transport;
import io.uringreactive.tls.Tls;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The core's TLS on connections of this module. */
class TlsTest {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final int BYTES = 300_000;

    @TempDir private Path directory;

    @ParameterizedTest
    @MethodSource("io.uringreactive.epoll.Wired#names")
    void shouldEchoBehindTls(String name) throws Exception {
        SSLContext context = context();
        Transport transport = Wired.open(name, 2);
        Listener listener = Wired.get(transport.listen(Wired.loopback()));
        listener.serve(
                        connection ->
                                Tls.server(context)
                                        .secure(connection)
                                        .flatMap(tls -> tls.handle(c -> c.send(c.receive()))))
                .subscribe();
        ConnectOptions options = ConnectOptions.to("localhost", listener.address().getPort());
        Connection client =
                Wired.get(transport.connect(options).flatMap(Tls.client(context)::secure));
        client.sendText("z".repeat(BYTES)).then(client.shutdownOutput()).subscribe();
        assertEquals(
                BYTES,
                client.receiveText()
                        .map(String::length)
                        .reduce(0, Integer::sum)
                        .block(Wired.LIMIT));
        client.close().block(Wired.LIMIT);
        transport.disposeGracefully().block(Wired.LIMIT);
    }

    /** One that shows and trusts the same self-signed certificate. */
    private SSLContext context() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "key",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost,ip:127.0.0.1",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .inheritIO()
                        .start();
        assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
        shown.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("self", keys.getCertificate("key"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
