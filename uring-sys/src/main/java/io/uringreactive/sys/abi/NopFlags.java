// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Flags of {@link Opcode#NOP} ({@code IORING_NOP_*}), for tests. */
public final class NopFlags {
    /** The result is the SQE's {@code len}. */
    @SinceLinux("6.10")
    public static final int INJECT_RESULT = 1 << 0;

    /** Takes the file {@code fd}. */
    @SinceLinux("6.13")
    public static final int FILE = 1 << 1;

    @SinceLinux("6.13")
    public static final int FIXED_FILE = 1 << 2;

    @SinceLinux("6.13")
    public static final int FIXED_BUFFER = 1 << 3;

    /** Completes by task work. */
    @SinceLinux("6.16")
    public static final int TW = 1 << 4;

    @SinceLinux("6.18")
    public static final int CQE32 = 1 << 5;

    private NopFlags() {}
}
