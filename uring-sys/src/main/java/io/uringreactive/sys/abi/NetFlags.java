// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Flags of the network opcodes, in the SQE's {@code ioprio} field: accept(2), recv(2) and send(2)
 * by io_uring_enter(2).
 */
public final class NetFlags {
    @SinceLinux("5.19")
    public static final int ACCEPT_MULTISHOT = 1 << 0;

    @SinceLinux("6.10")
    public static final int ACCEPT_DONTWAIT = 1 << 1;

    @SinceLinux("6.10")
    public static final int ACCEPT_POLL_FIRST = 1 << 2;

    /** Poll before the first attempt. */
    @SinceLinux("5.19")
    public static final int POLL_FIRST = 1 << 0;

    @SinceLinux("6.0")
    public static final int RECV_MULTISHOT = 1 << 1;

    @SinceLinux("6.0")
    public static final int FIXED_BUF = 1 << 2;

    @SinceLinux("6.2")
    public static final int SEND_ZC_REPORT_USAGE = 1 << 3;

    @SinceLinux("6.10")
    public static final int BUNDLE = 1 << 4;

    /** {@code addr} is an array of {@link Layouts.IoVec}, {@code len} their number. */
    @SinceLinux("6.18")
    public static final int SEND_VECTORIZED = 1 << 5;

    /** In the result of the CQE with {@link CqeFlags#NOTIF}: the data was copied after all. */
    @SinceLinux("6.2")
    public static final int NOTIF_USAGE_ZC_COPIED = 1 << 31;

    private NetFlags() {}
}
