// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server's key, made by the running JDK's keytool once per JVM, and contexts whose random numbers
 * come from a seed. It is an Ed25519 key: its signatures are the same for the same input and always
 * as long, so that a handshake has the same bytes whenever its seed runs.
 */
final class Keys {
    private static final String PASSWORD = "password";

    private final KeyManager[] keys;
    private final TrustManager[] trust;

    private Keys(KeyManager[] keys, TrustManager[] trust) {
        this.keys = keys;
        this.trust = trust;
    }

    private static final class Once {
        static final Keys KEYS = make();
    }

    /** What a server shows. */
    static SSLContext server(long seed) {
        return context(Once.KEYS.keys, new TrustManager[0], seed);
    }

    /** What a client needs to trust that server. */
    static SSLContext client(long seed) {
        return context(new KeyManager[0], Once.KEYS.trust, ~seed);
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust, long seed) {
        try {
            // Seeded before its first use, this one repeats itself.
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG", "SUN");
            random.setSeed(seed);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Keys make() {
        try {
            Path directory = Files.createTempDirectory("keys");
            Path file = directory.resolve("server.p12");
            generate(file);
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            Files.delete(file);
            Files.delete(directory);
            // This one decrypts the key once, and not for each handshake.
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", store.getCertificate("key"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            return new Keys(keys.getKeyManagers(), trust.getTrustManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void generate(Path file) throws IOException {
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "key",
                                "-keyalg",
                                "Ed25519",
                                "-dname",
                                "CN=localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new AssertionError("keytool failed: " + said);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
