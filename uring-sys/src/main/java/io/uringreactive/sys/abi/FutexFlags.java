// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Flags of {@link Opcode#FUTEX_WAIT} and its relatives, in the SQE's {@code fd} field ({@code
 * FUTEX2_*}), and {@code struct futex_waitv}.
 */
@SinceLinux("6.7")
public final class FutexFlags {
    public static final int SIZE_U8 = 0;

    public static final int SIZE_U16 = 1;

    public static final int SIZE_U32 = 2;

    public static final int SIZE_U64 = 3;

    public static final int NUMA = 4;

    public static final int PRIVATE = 128;

    public static final int WAITV_SIZE = 24;

    public static final int WAITV_VAL = 0;

    public static final int WAITV_UADDR = 8;

    public static final int WAITV_FLAGS = 16;

    private FutexFlags() {}
}
