// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import javax.net.ssl.SSLContext;

/**
 * Where secure connections begin, over any {@link io.uringreactive.Connection}.
 *
 * <pre>{@code
 * UringNet.serve(8443, Tls.server(context).handler(conn -> conn.send(conn.receive()))).block();
 *
 * Tls.client(context)
 *         .connect("example.org", 443)
 *         .flatMap(conn -> conn.handle(c -> c.sendText("hello")))
 *         .block();
 * }</pre>
 */
public final class Tls {
    /** With {@link TlsOptions#defaults()}. */
    public static TlsServer server(SSLContext context) {
        return server(context, TlsOptions.defaults());
    }

    /**
     * The server's side.
     *
     * @param context with the server's key; where {@link TlsOptions#contexts()} is set, the one for
     *     clients that name no host or an unknown one
     */
    public static TlsServer server(SSLContext context, TlsOptions options) {
        return new TlsServer(context, options);
    }

    /** With {@link TlsOptions#defaults()}. */
    public static TlsClient client(SSLContext context) {
        return client(context, TlsOptions.defaults());
    }

    /**
     * The client's side. Sessions are resumed among the connections of one {@code context} to the
     * same host and port.
     */
    public static TlsClient client(SSLContext context, TlsOptions options) {
        return new TlsClient(context, options);
    }

    private Tls() {}
}
