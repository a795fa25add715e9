// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Feature bits that io_uring_setup(2) reports ({@code IORING_FEAT_*}). */
public final class Features {
    @SinceLinux("5.4")
    public static final int SINGLE_MMAP = 1 << 0;

    @SinceLinux("5.5")
    public static final int NODROP = 1 << 1;

    @SinceLinux("5.5")
    public static final int SUBMIT_STABLE = 1 << 2;

    @SinceLinux("5.6")
    public static final int RW_CUR_POS = 1 << 3;

    @SinceLinux("5.6")
    public static final int CUR_PERSONALITY = 1 << 4;

    @SinceLinux("5.7")
    public static final int FAST_POLL = 1 << 5;

    @SinceLinux("5.9")
    public static final int POLL_32BITS = 1 << 6;

    @SinceLinux("5.11")
    public static final int SQPOLL_NONFIXED = 1 << 7;

    @SinceLinux("5.11")
    public static final int EXT_ARG = 1 << 8;

    @SinceLinux("5.12")
    public static final int NATIVE_WORKERS = 1 << 9;

    @SinceLinux("5.13")
    public static final int RSRC_TAGS = 1 << 10;

    @SinceLinux("5.17")
    public static final int CQE_SKIP = 1 << 11;

    @SinceLinux("5.17")
    public static final int LINKED_FILE = 1 << 12;

    @SinceLinux("6.3")
    public static final int REG_REG_RING = 1 << 13;

    @SinceLinux("6.10")
    public static final int RECVSEND_BUNDLE = 1 << 14;

    @SinceLinux("6.12")
    public static final int MIN_TIMEOUT = 1 << 15;

    @SinceLinux("6.14")
    public static final int RW_ATTR = 1 << 16;

    @SinceLinux("6.15")
    public static final int NO_IOWAIT = 1 << 17;

    private Features() {}
}
