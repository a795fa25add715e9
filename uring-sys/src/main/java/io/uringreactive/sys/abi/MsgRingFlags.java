// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Commands of {@link Opcode#MSG_RING}, in the SQE's {@code addr} field ({@code IORING_MSG_*}), and
 * its flags ({@code IORING_MSG_RING_*}).
 */
public final class MsgRingFlags {
    /** The default: a CQE with a result and a {@code user_data}. */
    @SinceLinux("5.18")
    public static final int DATA = 0;

    /** A direct descriptor moves to the other ring. */
    @SinceLinux("6.0")
    public static final int SEND_FD = 1;

    /** No CQE in the target's ring, for {@link #SEND_FD}. */
    @SinceLinux("6.0")
    public static final int CQE_SKIP = 1 << 0;

    /** {@code file_index} is what the CQE carries as its flags. */
    @SinceLinux("6.3")
    public static final int FLAGS_PASS = 1 << 1;

    private MsgRingFlags() {}
}
