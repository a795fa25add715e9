// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/** No connection was made: refused, unreachable, or no local address. */
public final class ConnectFailed extends TransportException {
    private static final long serialVersionUID = 1L;

    ConnectFailed(Cause cause, String what) {
        super(cause, what);
    }
}
