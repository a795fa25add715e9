// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/** An error that this operation is not known to have; please report it. */
public final class UnexpectedErrno extends TransportException {
    private static final long serialVersionUID = 1L;

    UnexpectedErrno(Cause cause, String what) {
        super(cause, what);
    }
}
