// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.uringreactive.Connection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The end in order: what was sent, then close_notify, then the transport's own end of the output or
 * its close. Confined to the ring.
 */
final class Ending {
    private final SecureConnection connection;
    private final Connection transport;
    private final TlsLimits limits;
    private final Sinks.Empty<Void> outputDone = Sinks.empty();
    private @Nullable Disposable limit;

    /** When the time limit began. */
    private long sentBefore;

    private boolean wanted;
    private boolean outputEnded;
    private boolean closing;

    Ending(SecureConnection connection, Connection transport, TlsLimits limits) {
        this.connection = connection;
        this.transport = transport;
        this.limits = limits;
    }

    /** Completes when the peer has been told that no more comes. */
    Mono<Void> outputDone() {
        return outputDone.asMono();
    }

    void endOutput() {
        if (!closing && !connection.hasEnded()) {
            begin();
        } else if (!outputEnded) {
            outputDone.tryEmitError(connection.closedError("shutdown"));
        }
    }

    void close() {
        if (closing || connection.hasEnded()) {
            return;
        }
        closing = true;
        if (outputEnded) {
            transport.close().subscribe();
            return;
        }
        begin();
        if (!outputEnded && !connection.hasEnded()) {
            limitTime();
        }
    }

    private void begin() {
        wanted = true;
        connection.outbound().refuse(connection.closedError("send"));
        connection.pump().run();
    }

    private void limitTime() {
        sentBefore = transport.sentBytes();
        limit = connection.ring().after(limits.closeTimeout(), this::onTimeLimit);
    }

    /** A peer that takes nothing loses what it has not taken; see the transports' own ending. */
    private void onTimeLimit() {
        if (transport.sentBytes() > sentBefore && !connection.outbound().hasOpenPublisher()) {
            limitTime();
        } else {
            connection.abort(connection.closedError("close"));
        }
    }

    /** Says close_notify when that is wanted and everything before it is on its way. */
    void advance() throws SSLException {
        if (!wanted || outputEnded || !connection.outbound().isIdle()) {
            return;
        }
        outputEnded = true;
        connection.pump().endOutput();
        cancelLimit();
        if (closing) {
            outputDone.tryEmitEmpty();
            transport.close().subscribe();
        } else {
            transport
                    .shutdownOutput()
                    .subscribe(null, outputDone::tryEmitError, outputDone::tryEmitEmpty);
        }
    }

    private void cancelLimit() {
        Disposable timer = limit;
        if (timer != null) {
            timer.dispose();
        }
    }

    /** The connection has ended, in whichever way. */
    void onEnded() {
        cancelLimit();
        outputDone.tryEmitError(connection.closedError("shutdown"));
    }
}
