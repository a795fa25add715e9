// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.uringreactive.Connection;
import io.uringreactive.tls.Tls;
import io.uringreactive.tls.TlsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** {@link Echo} under TLS, with a key of the user's or one that is made for this run. */
final class TlsEcho {
    private static final String PASSWORD =
            System.getenv().getOrDefault("URING_KEY_STORE_PASSWORD", "changeit");

    /**
     * @param keyStore PKCS#12, its password in the variable URING_KEY_STORE_PASSWORD; null for a
     *     key that signs itself
     * @param protocol the only version; null for those of {@link TlsOptions}
     */
    static Function<Connection, Publisher<Void>> handler(
            @Nullable Path keyStore, @Nullable String protocol) throws IOException {
        TlsOptions options = TlsOptions.defaults();
        return Tls.server(
                        keyStore == null ? selfSigned() : context(keyStore),
                        protocol == null ? options : options.protocols(protocol))
                .handler(Echo::handle);
    }

    private static SSLContext context(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no usable key in " + file, e);
        }
    }

    /** By the JDK's keytool: its API has no way to make a certificate. */
    private static SSLContext selfSigned() throws IOException {
        Path directory = Files.createTempDirectory("uring-tls");
        Path file = directory.resolve("key.p12");
        try {
            String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            Process process =
                    new ProcessBuilder(
                                    List.of(
                                            keytool,
                                            "-genkeypair",
                                            "-alias",
                                            "key",
                                            "-keyalg",
                                            "EC",
                                            "-dname",
                                            "CN=localhost",
                                            "-ext",
                                            "san=dns:localhost,ip:127.0.0.1",
                                            "-storetype",
                                            "PKCS12",
                                            "-keystore",
                                            file.toString(),
                                            "-storepass",
                                            PASSWORD))
                            .redirectErrorStream(true)
                            .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("keytool made no key: " + output.strip());
            }
            return context(file);
        } catch (InterruptedException e) {
            throw new IOException("interrupted while keytool makes a key", e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private TlsEcho() {}
}
