// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/** The kernel lacks what the operation needs. */
public final class UnsupportedFeature extends TransportException {
    private static final long serialVersionUID = 1L;

    UnsupportedFeature(Cause cause, String what) {
        super(cause, what);
    }
}
