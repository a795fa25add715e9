// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * How a CQE of {@link SocketCommand#TX_TIMESTAMP} says what it carries; it is of 32 bytes, the
 * second half is a {@link Layouts.Timespec}.
 */
@SinceLinux("6.17")
public final class TimestampFlags {
    /** {@code IORING_TIMESTAMP_HW_SHIFT}: the bit for a time stamp of the hardware. */
    public static final int HW_SHIFT = CqeFlags.BUFFER_SHIFT;

    /** {@code IORING_TIMESTAMP_TYPE_SHIFT}: where the type of the time stamp begins. */
    public static final int TYPE_SHIFT = HW_SHIFT + 1;

    /** {@code IORING_CQE_F_TSTAMP_HW}. */
    public static final int CQE_F_HW = 1 << HW_SHIFT;

    private TimestampFlags() {}
}
