// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server's choice of certificate by the host name that the client asks for (SNI, RFC 6066). */
@FunctionalInterface
public interface ContextSelector {
    /**
     * Called once per connection, on {@link TlsOptions#tasks()}: it may block. An exception refuses
     * the client, with the alert unrecognized_name.
     *
     * @param hostName in lower case, without a dot at its end
     * @return null for the context that the server was made with
     */
    @Nullable SSLContext select(String hostName);
}
