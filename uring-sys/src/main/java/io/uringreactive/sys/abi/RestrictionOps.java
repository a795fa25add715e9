// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * What one {@link Layouts.Restriction} is about ({@code IORING_RESTRICTION_*},
 * io_uring_register(2)). A ring that has restrictions refuses everything else with -EACCES.
 */
@SinceLinux("5.10")
public final class RestrictionOps {
    /** Allows one operation of io_uring_register(2). */
    public static final int REGISTER_OP = 0;

    /** Allows one opcode. */
    public static final int SQE_OP = 1;

    /** Allows these SQE flags; without it none is allowed. */
    public static final int SQE_FLAGS_ALLOWED = 2;

    /** Wants these SQE flags on every SQE. */
    public static final int SQE_FLAGS_REQUIRED = 3;

    private RestrictionOps() {}
}
