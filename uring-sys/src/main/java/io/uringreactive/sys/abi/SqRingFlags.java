// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** What the kernel says in the submission ring's flags word ({@code IORING_SQ_*}). */
public final class SqRingFlags {
    @SinceLinux("5.1")
    public static final int NEED_WAKEUP = 1 << 0;

    @SinceLinux("5.8")
    public static final int CQ_OVERFLOW = 1 << 1;

    @SinceLinux("5.19")
    public static final int TASKRUN = 1 << 2;

    private SqRingFlags() {}
}
