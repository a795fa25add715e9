// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Which end of the connection this is, and how its engine is made.
 *
 * @param host whom a client connects to; null where it is not known, and on a server
 */
record Side(
        boolean isClient, SSLContext context, TlsOptions options, @Nullable String host, int port) {
    /** SNI does not carry addresses (RFC 6066, 3). */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    static Side server(SSLContext context, TlsOptions options) {
        return new Side(false, context, options, null, -1);
    }

    static Side client(SSLContext context, TlsOptions options, @Nullable String host, int port) {
        String named = options.hostName();
        return new Side(true, context, options, named == null ? host : named, port);
    }

    /** What a client says by SNI; null for an address or nothing. */
    @Nullable String serverName() {
        return host == null || ADDRESS.matcher(host).matches() ? null : host;
    }

    SSLEngine engine(SSLContext chosen) {
        SSLEngine engine = options.engines().create(chosen, host, host == null ? -1 : port);
        engine.setUseClientMode(isClient);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(options.protocols().toArray(new String[0]));
        if (!options.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(options.cipherSuites().toArray(new String[0]));
        }
        if (!options.applicationProtocols().isEmpty()) {
            parameters.setApplicationProtocols(
                    options.applicationProtocols().toArray(new String[0]));
        }
        if (isClient) {
            setHost(parameters);
        } else {
            switch (options.clientAuth()) {
                case NONE -> {}
                case WANT -> parameters.setWantClientAuth(true);
                case NEED -> parameters.setNeedClientAuth(true);
            }
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private void setHost(SSLParameters parameters) {
        String name = serverName();
        if (name != null) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        if (host != null && options.identifiesHost()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
    }
}
