// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Attributes of reads and writes, by the SQE's {@code attr_ptr} and {@code attr_type_mask}:
 * protection information ({@code struct io_uring_attr_pi}).
 */
@SinceLinux("6.14")
public final class RwAttributes {
    /** {@code IORING_RW_ATTR_FLAG_PI}. */
    public static final int FLAG_PI = 1 << 0;

    public static final int PI_SIZE = 32;

    public static final int PI_FLAGS = 0;

    public static final int PI_APP_TAG = 2;

    public static final int PI_LEN = 4;

    public static final int PI_ADDR = 8;

    public static final int PI_SEED = 16;

    private RwAttributes() {}
}
