// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engine of one connection. The default is the context's own; another one, such as
 * netty-tcnative's, may take the place of {@code context}. The engine's mode and parameters are set
 * afterwards. An engine that is {@link io.netty.util.ReferenceCounted} is released at the end.
 */
@FunctionalInterface
public interface EngineFactory {
    /**
     * On the connection's ring.
     *
     * @param peerHost whom a client connects to, for the certificate and for resuming sessions;
     *     null where it is not known, and on a server
     * @param peerPort -1 where {@code peerHost} is null
     */
    SSLEngine create(SSLContext context, @Nullable String peerHost, int peerPort);

    /** {@link SSLContext#createSSLEngine()}. */
    static EngineFactory jdk() {
        return (context, host, port) ->
                host == null ? context.createSSLEngine() : context.createSSLEngine(host, port);
    }
}
