// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import org.jspecify.annotations.Nullable;

/**
 * TLS over a connection failed: {@link #reason()} says where, the message what to change, and
 * {@link #getCause()} is what the protocol's engine said.
 */
public final class TlsFailed extends TransportException {
    private static final long serialVersionUID = 1L;

    /** What part of the protocol it was. */
    public enum Reason {
        /** No secure connection came to be: certificates, names, versions, or a broken peer. */
        HANDSHAKE,

        /**
         * The peer's stream ended without a close_notify: what was received may not be all that was
         * sent. Somebody on the way can cause this.
         */
        TRUNCATED,

        /** The peer said on an established connection that it cannot go on. */
        ALERT,

        /** What came is not what the protocol allows: damaged, forged, or refused here. */
        PROTOCOL
    }

    private final Reason reason;

    TlsFailed(Cause cause, Reason reason, String what, @Nullable Throwable engineError) {
        super(cause, what);
        this.reason = reason;
        initCause(engineError);
    }

    public Reason reason() {
        return reason;
    }
}
