// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Flags of any SQE ({@code IOSQE_*}, see io_uring_enter(2)). */
public final class SqeFlags {
    @SinceLinux("5.1")
    public static final int FIXED_FILE = 1 << 0;

    @SinceLinux("5.2")
    public static final int IO_DRAIN = 1 << 1;

    @SinceLinux("5.3")
    public static final int IO_LINK = 1 << 2;

    @SinceLinux("5.5")
    public static final int IO_HARDLINK = 1 << 3;

    @SinceLinux("5.6")
    public static final int ASYNC = 1 << 4;

    @SinceLinux("5.7")
    public static final int BUFFER_SELECT = 1 << 5;

    @SinceLinux("5.17")
    public static final int CQE_SKIP_SUCCESS = 1 << 6;

    private SqeFlags() {}
}
