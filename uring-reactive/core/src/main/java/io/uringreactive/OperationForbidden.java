// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/** The kernel lacks what the operation needs. */
public final class OperationForbidden extends TransportException {
    private static final long serialVersionUID = 1L;

    OperationForbidden(Cause cause, String what) {
        super(cause, what);
    }
}
