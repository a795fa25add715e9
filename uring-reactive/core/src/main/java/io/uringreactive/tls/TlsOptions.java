// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What is agreed on, and with whom. Immutable.
 *
 * @param protocols versions, best first; default TLSv1.3 and TLSv1.2
 * @param cipherSuites best first; empty, the default, leaves them to the context
 * @param applicationProtocols for ALPN, best first, such as {@code h2}; empty, the default, leaves
 *     ALPN out. A server whose clients offer only others refuses them
 * @param clientAuth of a server; default NONE
 * @param contexts a server's choice by host name; null, the default, serves one context
 * @param hostName what a client asks for by SNI, and looks for in the server's certificate; null,
 *     the default, is the host that it connects to
 * @param identifiesHost whether a client that knows its host refuses another one's certificate;
 *     default true, as HTTPS does (RFC 2818)
 * @param limits of time and bytes
 * @param tasks where certificates are checked and keys computed, and contexts chosen: never on a
 *     ring; default {@link Schedulers#boundedElastic()}
 * @param engines default {@link EngineFactory#jdk()}
 */
public record TlsOptions(
        List<String> protocols,
        List<String> cipherSuites,
        List<String> applicationProtocols,
        ClientAuth clientAuth,
        @Nullable ContextSelector contexts,
        @Nullable String hostName,
        boolean identifiesHost,
        TlsLimits limits,
        Scheduler tasks,
        EngineFactory engines) {
    public TlsOptions {
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        applicationProtocols = List.copyOf(applicationProtocols);
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("no protocol is left: name one, such as TLSv1.3");
        }
    }

    public static TlsOptions defaults() {
        return new TlsOptions(
                List.of("TLSv1.3", "TLSv1.2"),
                List.of(),
                List.of(),
                ClientAuth.NONE,
                null,
                null,
                true,
                TlsLimits.defaults(),
                Schedulers.boundedElastic(),
                EngineFactory.jdk());
    }

    public TlsOptions protocols(String... values) {
        return new TlsOptions(
                List.of(values),
                cipherSuites,
                applicationProtocols,
                clientAuth,
                contexts,
                hostName,
                identifiesHost,
                limits,
                tasks,
                engines);
    }

    public TlsOptions cipherSuites(String... values) {
        return new TlsOptions(
                protocols,
                List.of(values),
                applicationProtocols,
                clientAuth,
                contexts,
                hostName,
                identifiesHost,
                limits,
                tasks,
                engines);
    }

    public TlsOptions applicationProtocols(String... values) {
        return new TlsOptions(
                protocols,
                cipherSuites,
                List.of(values),
                clientAuth,
                contexts,
                hostName,
                identifiesHost,
                limits,
                tasks,
                engines);
    }

    public TlsOptions clientAuth(ClientAuth value) {
        return new TlsOptions(
                protocols,
                cipherSuites,
                applicationProtocols,
                value,
                contexts,
                hostName,
                identifiesHost,
                limits,
                tasks,
                engines);
    }

    public TlsOptions contexts(ContextSelector value) {
        return new TlsOptions(
                protocols,
                cipherSuites,
                applicationProtocols,
                clientAuth,
                value,
                hostName,
                identifiesHost,
                limits,
                tasks,
                engines);
    }

    public TlsOptions hostName(String value) {
        return new TlsOptions(
                protocols,
                cipherSuites,
                applicationProtocols,
                clientAuth,
                contexts,
                value,
                identifiesHost,
                limits,
                tasks,
                engines);
    }

    public TlsOptions identifiesHost(boolean value) {
        return new TlsOptions(
                protocols,
                cipherSuites,
                applicationProtocols,
                clientAuth,
                contexts,
                hostName,
                value,
                limits,
                tasks,
                engines);
    }

    public TlsOptions limits(TlsLimits value) {
        return new TlsOptions(
                protocols,
                cipherSuites,
                applicationProtocols,
                clientAuth,
                contexts,
                hostName,
                identifiesHost,
                value,
                tasks,
                engines);
    }

    public TlsOptions tasks(Scheduler value) {
        return new TlsOptions(
                protocols,
                cipherSuites,
                applicationProtocols,
                clientAuth,
                contexts,
                hostName,
                identifiesHost,
                limits,
                value,
                engines);
    }

    public TlsOptions engines(EngineFactory value) {
        return new TlsOptions(
                protocols,
                cipherSuites,
                applicationProtocols,
                clientAuth,
                contexts,
                hostName,
                identifiesHost,
                limits,
                tasks,
                value);
    }
}
