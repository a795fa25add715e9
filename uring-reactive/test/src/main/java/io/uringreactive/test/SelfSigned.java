// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A key of a name that certifies itself, for both sides of TLS in tests: {@code localhost}, also by
 * its address 127.0.0.1. The running JDK's keytool makes it, which takes a second; its API has no
 * way to make a certificate. Safe from any thread.
 */
public final class SelfSigned {
    private static final String PASSWORD = "password";

    private final KeyManagerFactory keys;
    private final TrustManagerFactory trust;

    private SelfSigned(KeyManagerFactory keys, TrustManagerFactory trust) {
        this.keys = keys;
        this.trust = trust;
    }

    private static final class Once {
        static final SSLContext CONTEXT = of("EC").context(null);
    }

    /** A context that shows such a key and trusts no other; the same one in the whole JVM. */
    public static SSLContext context() {
        return Once.CONTEXT;
    }

    /**
     * A new one.
     *
     * @param algorithm as keytool names it: {@code EC}, {@code Ed25519}, {@code RSA}, ...
     */
    public static SelfSigned of(String algorithm) {
        try {
            KeyStore store = make(algorithm);
            // This one decrypts the key once, and not for each handshake.
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("key", store.getCertificate("key"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            return new SelfSigned(keys, trust);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key of kind " + algorithm, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A context of its own that shows this key and trusts no other.
     *
     * @param random where its random numbers come from; null for the JDK's own
     */
    public SSLContext context(@Nullable SecureRandom random) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    private static KeyStore make(String algorithm) throws IOException, GeneralSecurityException {
        Path directory = Files.createTempDirectory("keys");
        Path file = directory.resolve("key.p12");
        try {
            generate(algorithm, file);
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            return store;
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private static void generate(String algorithm, Path file) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        keytool.toString(),
                                        "-genkeypair",
                                        "-alias",
                                        "key",
                                        "-keyalg",
                                        algorithm,
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
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool made no key: " + said.strip());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool makes a key", e);
        }
    }
}
