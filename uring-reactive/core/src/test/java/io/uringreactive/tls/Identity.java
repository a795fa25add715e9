// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Keys, each under an authority of its own, made by the running JDK's keytool, once per JVM. */
enum Identity {
    LOCALHOST("-ext", "san=dns:localhost,ip:127.0.0.1"),
    OTHER_HOST("-ext", "san=dns:other.example"),
    EXPIRED("-ext", "san=dns:localhost,ip:127.0.0.1", "-startdate", "-10d", "-validity", "5"),
    CLIENT;

    private static final char[] PASSWORD = "password".toCharArray();

    private final String[] options;
    private @Nullable KeyStore store;

    Identity(String... options) {
        this.options = options;
    }

    private synchronized KeyStore store() {
        KeyStore made = store;
        if (made == null) {
            made = make();
            store = made;
        }
        return made;
    }

    private KeyStore make() {
        try {
            Path directory = Files.createTempDirectory("keys");
            Path file = directory.resolve(name() + ".p12");
            generate(file, "ca", "-ext", "bc:c");
            List<String> signed = new ArrayList<>(List.of("-signer", "ca"));
            signed.addAll(List.of(options));
            generate(file, "key", signed.toArray(String[]::new));
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                loaded.load(in, PASSWORD);
            }
            // Its certificate stays, its key must not be shown to anybody.
            Certificate authority = loaded.getCertificate("ca");
            loaded.deleteEntry("ca");
            loaded.setCertificateEntry("ca", authority);
            Files.delete(file);
            Files.delete(directory);
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void generate(Path file, String alias, String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        // It lives for half a second, most of which the second compiler would take.
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC"));
        command.addAll(List.of("-groupname", "secp256r1", "-dname", "CN=" + name() + " " + alias));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString()));
        command.addAll(List.of("-storepass", new String(PASSWORD)));
        command.addAll(List.of(more));
        String ignored = Command.run(command);
    }

    X509Certificate certificate() {
        return certificate("key");
    }

    private X509Certificate certificate(String alias) {
        try {
            return (X509Certificate) store().getCertificate(alias);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    KeyManager[] keyManagers() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store(), PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A context that shows this identity and trusts {@code others}. */
    SSLContext context(Identity... others) {
        return context(keyManagers(), others);
    }

    /** A context that shows nothing and trusts {@code others}. */
    static SSLContext trusting(Identity... others) {
        return context(new KeyManager[0], others);
    }

    static SSLContext context(KeyManager[] keys, Identity... others) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Identity other : others) {
                trusted.setCertificateEntry(other.name(), other.certificate("ca"));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            if (others.length > 0) {
                factory.init(trusted);
            } else {
                factory.init((KeyStore) null);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Certificates and key in one file, as OpenSSL reads them. */
    Path pem() {
        try {
            Path file = Files.createTempFile(name(), ".pem");
            file.toFile().deleteOnExit();
            Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
            return Files.writeString(
                    file,
                    "-----BEGIN CERTIFICATE-----\n"
                            + base64.encodeToString(certificate().getEncoded())
                            + "\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n"
                            + base64.encodeToString(certificate("ca").getEncoded())
                            + "\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n"
                            + base64.encodeToString(store().getKey("key", PASSWORD).getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
