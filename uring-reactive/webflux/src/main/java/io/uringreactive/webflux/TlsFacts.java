// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.uringreactive.tls.TlsConnection;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.SslInfo;

/** What Spring tells of a TLS session. */
final class TlsFacts implements SslInfo {
    private final String sessionId;
    private final List<X509Certificate> peerCertificates;

    private TlsFacts(String sessionId, List<X509Certificate> peerCertificates) {
        this.sessionId = sessionId;
        this.peerCertificates = peerCertificates;
    }

    static TlsFacts of(TlsConnection connection) {
        String sessionId = HexFormat.of().formatHex(connection.session().getId());
        return new TlsFacts(sessionId, connection.peerCertificates());
    }

    /** In hexadecimal; empty where the session has none to be resumed by. */
    @Override
    public String getSessionId() {
        return sessionId;
    }

    /** The client's certificate and those above it; null when it showed none. */
    @Override
    public X509Certificate @Nullable [] getPeerCertificates() {
        return peerCertificates.isEmpty() ? null : peerCertificates.toArray(X509Certificate[]::new);
    }
}
