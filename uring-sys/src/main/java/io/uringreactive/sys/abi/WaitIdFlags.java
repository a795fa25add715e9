// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/**
 * Whom {@link Opcode#WAITID} waits for, in the SQE's {@code len} field, and for what, in {@code
 * file_index}: waitid(2).
 */
@SinceLinux("6.7")
public final class WaitIdFlags {
    public static final int P_ALL = 0;

    public static final int P_PID = 1;

    public static final int P_PGID = 2;

    public static final int P_PIDFD = 3;

    public static final int WNOHANG = 1;

    public static final int WSTOPPED = 2;

    public static final int WEXITED = 4;

    public static final int WCONTINUED = 8;

    public static final int WNOWAIT = 0x1000000;

    private WaitIdFlags() {}
}
