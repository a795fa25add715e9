// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Flags of {@link Opcode#URING_CMD}, in the SQE's {@code uring_cmd_flags} ({@code
 * IORING_URING_CMD_*}).
 */
public final class UringCmdFlags {
    /** Uses a registered buffer. */
    @SinceLinux("6.1")
    public static final int FIXED = 1 << 0;

    /** Multishot, with provided buffers. */
    @SinceLinux("6.18")
    public static final int MULTISHOT = 1 << 1;

    private UringCmdFlags() {}
}
