// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.ring.FileTable;
import org.jspecify.annotations.Nullable;

/** The direct descriptors of one simulated ring. */
final class DirectTable implements FileTable {
    private final World world;
    private final @Nullable SimulatedFile[] files;

    DirectTable(World world, int slots) {
        this.world = world;
        this.files = new SimulatedFile[slots];
    }

    @Override
    public int slots() {
        return files.length;
    }

    @Nullable SimulatedFile get(int slot) {
        return slot >= 0 && slot < files.length ? files[slot] : null;
    }

    @Override
    public int set(int slot, int fd) {
        if (slot < 0 || slot >= files.length) {
            return -Errno.EINVAL.number();
        }
        SimulatedFile file = world.files.get(fd);
        if (file == null) {
            return -Errno.EBADF.number();
        }
        file.hold();
        empty(slot);
        files[slot] = file;
        return 0;
    }

    @Override
    public int clear(int slot) {
        if (slot < 0 || slot >= files.length) {
            return -Errno.EINVAL.number();
        }
        empty(slot);
        return 0;
    }

    /** By IORING_OP_CLOSE. */
    int closeSlot(int slot) {
        if (get(slot) == null) {
            return -Errno.EBADF.number();
        }
        empty(slot);
        return 0;
    }

    private void empty(int slot) {
        SimulatedFile file = files[slot];
        if (file != null) {
            files[slot] = null;
            file.drop();
        }
    }

    /** The simulated kernel picks no slots. */
    @Override
    public int allocationRange(int first, int count) {
        return -Errno.EINVAL.number();
    }

    @Override
    public void close() {
        for (int slot = 0; slot < files.length; slot++) {
            empty(slot);
        }
    }
}
