// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.ring.FileTable;
import org.jspecify.annotations.Nullable;

/**
 * A ring's table of direct descriptors and which of its slots are free. Operations that name a slot
 * spare the kernel the look into the process's own table and a count of references that all threads
 * share. Where every slot is taken the plain descriptor does the same. Confined to the loop.
 *
 * <p>A connection keeps its plain descriptor beside the slot: addresses, socket options and the end
 * of the output are asked for by system calls, which know no slots.
 */
public final class DirectDescriptors {
    /** No slot. */
    public static final int NONE = -1;

    private final @Nullable FileTable table;
    private final int[] free;
    private int freeCount;

    private DirectDescriptors(@Nullable FileTable table, int slots) {
        this.table = table;
        this.free = new int[slots];
        for (int slot = slots - 1; slot >= 0; slot--) {
            free[freeCount++] = slot;
        }
    }

    static DirectDescriptors none() {
        return new DirectDescriptors(null, 0);
    }

    /** Those of {@code table}, which is empty. */
    static DirectDescriptors of(FileTable table) {
        return new DirectDescriptors(table, table.slots());
    }

    /** A slot with the open file behind {@code fd}, or {@link #NONE}. */
    public int claim(int fd) {
        if (table == null || freeCount == 0) {
            return NONE;
        }
        int slot = free[freeCount - 1];
        if (table.set(slot, fd) < 0) {
            return NONE; // no memory: the plain descriptor does
        }
        freeCount--;
        return slot;
    }

    /** {@code slot} is empty: the CQE of its close has come. */
    public void release(int slot) {
        free[freeCount++] = slot;
    }

    /**
     * Makes {@code sqe}, which names a plain descriptor, name {@code slot} instead, if there is
     * one.
     */
    public static void name(Sqe sqe, int slot) {
        if (slot != NONE) {
            sqe.fd(slot).flags(sqe.flags() | SqeFlags.FIXED_FILE);
        }
    }
}
