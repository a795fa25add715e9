// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/** The peer reset the connection, or is gone without an end. */
public final class ConnectionReset extends TransportException {
    private static final long serialVersionUID = 1L;

    ConnectionReset(Cause cause, String what) {
        super(cause, what);
    }

    /** Peers can make many, and the stack of a ring's thread says nothing. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
