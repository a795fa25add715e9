// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Flags of {@link Opcode#POLL_ADD}, in the SQE's {@code len} field ({@code IORING_POLL_*}). */
public final class PollFlags {
    @SinceLinux("5.13")
    public static final int ADD_MULTI = 1 << 0;

    @SinceLinux("5.13")
    public static final int UPDATE_EVENTS = 1 << 1;

    @SinceLinux("5.13")
    public static final int UPDATE_USER_DATA = 1 << 2;

    @SinceLinux("6.0")
    public static final int ADD_LEVEL = 1 << 3;

    private PollFlags() {}
}
