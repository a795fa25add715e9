// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.uringreactive.Connection;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection under TLS, after its handshake. What {@link Connection} says holds, of plaintext,
 * with these additions.
 *
 * <p>{@link #receive()} emits the content of one record at a time, at most 16 KiB, and takes
 * ciphertext from the network only while plaintext is asked for: the window that the transport has
 * and one record are all that is held. It completes on the peer's close_notify. A FIN without one
 * fails it with {@link io.uringreactive.TlsFailed} ({@code TRUNCATED}), an alert or a damaged
 * record with its other reasons.
 *
 * <p>{@link #send} gathers what is sent within a turn of the ring into full records. It asks its
 * publisher for at most 8 buffers at a time, while less than 64 KiB waits on the connection.
 *
 * <p>{@link #shutdownOutput()} sends close_notify and then a FIN; {@link #close()} likewise, and
 * then closes the transport. Under TLS 1.2 the peer's close_notify ends both directions (RFC 5246,
 * 7.2.1): what was sent before is still delivered, later sends fail with {@link
 * io.uringreactive.ConnectionClosed}. Under TLS 1.3 sending goes on.
 */
public interface TlsConnection extends Connection {
    /** The version: {@code TLSv1.3} or {@code TLSv1.2}. */
    String protocol();

    /** Such as {@code TLS_AES_256_GCM_SHA384}. */
    String cipherSuite();

    /** What ALPN agreed on, such as {@code h2}; null when it did not or was not used. */
    @Nullable String applicationProtocol();

    /** The host that the client asked for by SNI; null when it named none. */
    @Nullable String hostName();

    /** The session, as the handshake left it. */
    SSLSession session();

    /** The peer's certificate and those above it; empty when it showed none. */
    List<X509Certificate> peerCertificates();
}
