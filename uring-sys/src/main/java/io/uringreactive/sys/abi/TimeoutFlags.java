// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Flags of {@link Opcode#TIMEOUT}, {@link Opcode#TIMEOUT_REMOVE} and {@link Opcode#LINK_TIMEOUT}
 * ({@code IORING_TIMEOUT_*}).
 */
public final class TimeoutFlags {
    @SinceLinux("5.5")
    public static final int ABS = 1 << 0;

    @SinceLinux("5.11")
    public static final int UPDATE = 1 << 1;

    @SinceLinux("5.15")
    public static final int BOOTTIME = 1 << 2;

    @SinceLinux("5.15")
    public static final int REALTIME = 1 << 3;

    /** {@code IORING_LINK_TIMEOUT_UPDATE}. */
    @SinceLinux("5.15")
    public static final int LINK_UPDATE = 1 << 4;

    @SinceLinux("5.16")
    public static final int ETIME_SUCCESS = 1 << 5;

    @SinceLinux("6.4")
    public static final int MULTISHOT = 1 << 6;

    /** The SQE's {@code addr} is the time in nanoseconds and not its address. */
    @SinceLinux("7.1")
    public static final int IMMEDIATE_ARG = 1 << 7;

    @SinceLinux("5.15")
    public static final int CLOCK_MASK = BOOTTIME | REALTIME;

    @SinceLinux("5.15")
    public static final int UPDATE_MASK = UPDATE | LINK_UPDATE;

    private TimeoutFlags() {}
}
