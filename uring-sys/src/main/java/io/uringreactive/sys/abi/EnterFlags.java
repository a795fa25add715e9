// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Flags of io_uring_enter(2) ({@code IORING_ENTER_*}). */
public final class EnterFlags {
    @SinceLinux("5.1")
    public static final int GETEVENTS = 1 << 0;

    @SinceLinux("5.1")
    public static final int SQ_WAKEUP = 1 << 1;

    @SinceLinux("5.10")
    public static final int SQ_WAIT = 1 << 2;

    /** The argument is a {@link Layouts.GeteventsArg}. */
    @SinceLinux("5.11")
    public static final int EXT_ARG = 1 << 3;

    /** The descriptor is an index from {@link RegisterOps#RING_FDS}. */
    @SinceLinux("5.18")
    public static final int REGISTERED_RING = 1 << 4;

    /** The timeout is a point in time of the clock of {@link RegisterOps#CLOCK}. */
    @SinceLinux("6.12")
    public static final int ABS_TIMER = 1 << 5;

    /**
     * The argument is an offset into the region of {@link RegisterOps#MEM_REGION}, where a {@link
     * RegisterLayouts.RegWait} stands.
     */
    @SinceLinux("6.13")
    public static final int EXT_ARG_REG = 1 << 6;

    /** Waiting is not counted as iowait. */
    @SinceLinux("6.15")
    public static final int NO_IOWAIT = 1 << 7;

    private EnterFlags() {}
}
