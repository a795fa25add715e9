// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/** The connection or listener is closed, or closing, on this side. */
public final class ConnectionClosed extends TransportException {
    private static final long serialVersionUID = 1L;

    ConnectionClosed(Cause cause, String what) {
        super(cause, what);
    }

    /** Every connection's end makes one, and the stack of its ring's thread says nothing. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
