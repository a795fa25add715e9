// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Flags of {@link Opcode#SPLICE} and {@link Opcode#TEE} beside those of splice(2). */
public final class SpliceFlags {
    /** {@code splice_fd_in} is a file table index. */
    @SinceLinux("5.7")
    public static final int FD_IN_FIXED = 1 << 31;

    private SpliceFlags() {}
}
