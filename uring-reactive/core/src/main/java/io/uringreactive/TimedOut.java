// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/** A time limit passed, the kernel's or one that was set here. */
public final class TimedOut extends TransportException {
    private static final long serialVersionUID = 1L;

    TimedOut(Cause cause, String what) {
        super(cause, what);
    }
}
