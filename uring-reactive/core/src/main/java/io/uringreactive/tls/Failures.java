// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.uringreactive.TlsFailed;
import io.uringreactive.TlsFailed.Reason;
import io.uringreactive.TransportErrors;
import java.net.SocketAddress;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what the engine says to what happened and what to change. */
final class Failures {
    private static final String RECEIVED_ALERT = "Received fatal alert: ";

    /** A part of an engine's message, and what it means for its reader. */
    private record Remedy(String sign, String text) {}

    private static final List<Remedy> REMEDIES =
            List.of(
                    new Remedy(
                            "No name matching",
                            "the certificate is for another host; connect by a name that it has,"
                                    + " or set TlsOptions.hostName"),
                    new Remedy(
                            "No subject alternative",
                            "the certificate is for another host; connect by a name that it has,"
                                    + " or set TlsOptions.hostName"),
                    new Remedy(
                            "Empty client certificate chain",
                            "the client showed no certificate; give it a key, or set clientAuth to"
                                    + " WANT"),
                    new Remedy("Empty server certificate chain", "the server has no certificate"),
                    new Remedy(
                            "nrecognized SSL message",
                            "the peer does not speak TLS; is the port right?"),
                    new Remedy(
                            "not a TLS record", "the peer does not speak TLS; is the port right?"),
                    new Remedy(
                            "no cipher suites in common",
                            "no cipher suite in common; compare cipherSuites, and whether the"
                                    + " server's context has a key for them"),
                    new Remedy(
                            RECEIVED_ALERT + "handshake_failure",
                            "the peer found nothing in common; compare cipher suites, and"
                                    + " whether it wants a client certificate"),
                    new Remedy(
                            "protocol_version",
                            "no protocol version in common; compare TlsOptions.protocols"),
                    new Remedy(
                            "no_application_protocol",
                            "no application protocol in common; compare"
                                    + " TlsOptions.applicationProtocols"),
                    new Remedy(
                            "unrecognized_name",
                            "the server does not know this host; see TlsOptions.hostName"),
                    new Remedy(
                            RECEIVED_ALERT + "certificate_required",
                            "the server wants a client certificate; give the SSLContext a key"),
                    new Remedy(
                            RECEIVED_ALERT + "bad_certificate",
                            "the peer refuses our certificate, or wants one; see the SSLContext's"
                                    + " key"),
                    new Remedy(
                            RECEIVED_ALERT + "certificate_expired",
                            "our certificate has expired; renew it"),
                    new Remedy(
                            RECEIVED_ALERT + "certificate_unknown",
                            "the peer does not trust our certificate; add its authority there"),
                    new Remedy(
                            RECEIVED_ALERT + "unknown_ca",
                            "the peer does not trust our certificate; add its authority there"),
                    new Remedy(
                            "too much before the handshake",
                            "larger certificates need a larger TlsLimits.handshakeBytesMax"));

    static TlsFailed handshake(Throwable error, Side side, @Nullable SocketAddress peer) {
        String host = side.host() == null ? "" : " for " + side.host();
        return TransportErrors.tls(
                "TLS handshake" + host, Reason.HANDSHAKE, text(error), peer, error);
    }

    static TlsFailed established(Throwable error, @Nullable SocketAddress peer) {
        boolean alert = String.valueOf(error.getMessage()).contains(RECEIVED_ALERT);
        return TransportErrors.tls(
                "TLS", alert ? Reason.ALERT : Reason.PROTOCOL, text(error), peer, error);
    }

    static TlsFailed truncated(@Nullable SocketAddress peer) {
        return TransportErrors.tls(
                "TLS receive",
                Reason.TRUNCATED,
                "the stream ended without close_notify; what came may not be all that was sent",
                peer,
                null);
    }

    private static String text(Throwable error) {
        String said = String.valueOf(error.getMessage());
        String remedy = remedy(error);
        return remedy == null ? said : said + "; " + remedy;
    }

    private static @Nullable String remedy(Throwable error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof CertificateExpiredException) {
                return "the peer's certificate has expired; renew it, or set this machine's clock";
            }
            if (at instanceof CertificateNotYetValidException) {
                return "the peer's certificate is not valid yet; set this machine's clock";
            }
            if (at instanceof CertPathBuilderException) {
                return "no authority that the SSLContext trusts has signed the peer's"
                        + " certificate; add it to the trust store";
            }
            String said = String.valueOf(at.getMessage());
            for (Remedy remedy : REMEDIES) {
                if (said.contains(remedy.sign())) {
                    return remedy.text();
                }
            }
        }
        return null;
    }

    private Failures() {}
}
