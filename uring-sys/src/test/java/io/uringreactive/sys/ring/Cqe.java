// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;

/** A drained CQE, kept. */
record Cqe(long userData, int result, int flags) {
    boolean isTerminal() {
        return CqeFlags.isTerminal(flags);
    }

    boolean hasBuffer() {
        return CqeFlags.hasBuffer(flags);
    }

    int bufferId() {
        return CqeFlags.bufferId(flags);
    }

    boolean failedWith(Errno errno) {
        return errno.is(result);
    }
}
