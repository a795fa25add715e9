// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Flags of {@link Opcode#FSYNC} ({@code IORING_FSYNC_*}). */
public final class FsyncFlags {
    @SinceLinux("5.1")
    public static final int DATASYNC = 1 << 0;

    private FsyncFlags() {}
}
