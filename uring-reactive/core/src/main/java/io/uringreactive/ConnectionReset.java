// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/** The peer reset the connection, or is gone without an end. */
public final class ConnectionReset extends TransportException {
    private static final long serialVersionUID = 1L;

    ConnectionReset(Cause cause, String what) {
        super(cause, what);
    }
}
