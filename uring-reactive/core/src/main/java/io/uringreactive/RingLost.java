// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/**
 * The ring of an operation ended before the operation did: the kernel refused to go on with it
 * (that error is the cause), or did not give everything back in time. Whether the operation took
 * place is not known.
 */
public final class RingLost extends TransportException {
    private static final long serialVersionUID = 1L;

    RingLost(Cause cause, String what) {
        super(cause, what);
    }
}
