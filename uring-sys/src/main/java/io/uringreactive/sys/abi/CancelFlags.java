// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Flags of {@link Opcode#ASYNC_CANCEL} ({@code IORING_ASYNC_CANCEL_*}). */
public final class CancelFlags {
    @SinceLinux("5.19")
    public static final int ALL = 1 << 0;

    @SinceLinux("5.19")
    public static final int FD = 1 << 1;

    @SinceLinux("5.19")
    public static final int ANY = 1 << 2;

    @SinceLinux("6.0")
    public static final int FD_FIXED = 1 << 3;

    @SinceLinux("6.6")
    public static final int USERDATA = 1 << 4;

    @SinceLinux("6.6")
    public static final int OP = 1 << 5;

    private CancelFlags() {}
}
