// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What the handshake told, out of the engine. */
final class PeerFacts {
    static @Nullable String applicationProtocol(SSLEngine engine) {
        String agreed = engine.getApplicationProtocol();
        return agreed == null || agreed.isEmpty() ? null : agreed;
    }

    static @Nullable String hostName(SSLEngine engine, Side side) {
        if (side.isClient()) {
            return side.serverName();
        }
        if (engine.getSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return null;
    }

    static List<X509Certificate> certificates(SSLSession session) {
        try {
            List<X509Certificate> found = new ArrayList<>();
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    found.add(x509);
                }
            }
            return List.copyOf(found);
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // the engine's way to say that there is none
        }
    }

    private PeerFacts() {}
}
