// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Flags of io_uring_setup(2) ({@code IORING_SETUP_*}). */
public final class SetupFlags {
    @SinceLinux("5.1")
    public static final int IOPOLL = 1 << 0;

    @SinceLinux("5.1")
    public static final int SQPOLL = 1 << 1;

    @SinceLinux("5.1")
    public static final int SQ_AFF = 1 << 2;

    @SinceLinux("5.5")
    public static final int CQSIZE = 1 << 3;

    @SinceLinux("5.6")
    public static final int CLAMP = 1 << 4;

    @SinceLinux("5.6")
    public static final int ATTACH_WQ = 1 << 5;

    @SinceLinux("5.10")
    public static final int R_DISABLED = 1 << 6;

    @SinceLinux("5.18")
    public static final int SUBMIT_ALL = 1 << 7;

    @SinceLinux("5.19")
    public static final int COOP_TASKRUN = 1 << 8;

    @SinceLinux("5.19")
    public static final int TASKRUN_FLAG = 1 << 9;

    @SinceLinux("5.19")
    public static final int SQE128 = 1 << 10;

    @SinceLinux("5.19")
    public static final int CQE32 = 1 << 11;

    @SinceLinux("6.0")
    public static final int SINGLE_ISSUER = 1 << 12;

    @SinceLinux("6.1")
    public static final int DEFER_TASKRUN = 1 << 13;

    @SinceLinux("6.5")
    public static final int NO_MMAP = 1 << 14;

    @SinceLinux("6.5")
    public static final int REGISTERED_FD_ONLY = 1 << 15;

    @SinceLinux("6.6")
    public static final int NO_SQARRAY = 1 << 16;

    @SinceLinux("6.13")
    public static final int HYBRID_IOPOLL = 1 << 17;

    @SinceLinux("6.18")
    public static final int CQE_MIXED = 1 << 18;

    @SinceLinux("6.19")
    public static final int SQE_MIXED = 1 << 19;

    @SinceLinux("7.0")
    public static final int SQ_REWIND = 1 << 20;

    private SetupFlags() {}
}
