// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.sys.abi.Errno;

/** The listener's address cannot be had: in use, not ours, or not allowed. */
public final class BindFailed extends TransportException {
    private static final long serialVersionUID = 1L;

    BindFailed(Cause cause, String what) {
        super(cause, what);
    }

    /** Whether somebody else listens on that port, rather than that nobody may or can. */
    public boolean isAddressInUse() {
        return errno() == Errno.EADDRINUSE.number();
    }
}
