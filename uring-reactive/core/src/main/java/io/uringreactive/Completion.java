// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;

/**
 * One CQE, as the kernel posted it (io_uring(7)).
 *
 * @param result what the operation returned, negative for {@code -errno}
 * @param cqeFlags {@link CqeFlags}
 */
public record Completion(int result, int cqeFlags) {
    public boolean isError() {
        return result < 0;
    }

    /** Whether no further CQE of this operation follows. */
    public boolean isTerminal() {
        return CqeFlags.isTerminal(cqeFlags);
    }

    @Override
    public String toString() {
        return "CQE result="
                + (isError() ? "-" + Errno.name(result) : Integer.toString(result))
                + " flags=0x"
                + Integer.toHexString(cqeFlags);
    }
}
