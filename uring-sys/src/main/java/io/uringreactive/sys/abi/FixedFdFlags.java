// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Flags of {@link Opcode#FIXED_FD_INSTALL} ({@code IORING_FIXED_FD_*}). */
public final class FixedFdFlags {
    @SinceLinux("6.8")
    public static final int NO_CLOEXEC = 1 << 0;

    private FixedFdFlags() {}
}
