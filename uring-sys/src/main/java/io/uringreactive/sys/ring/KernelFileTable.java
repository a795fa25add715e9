// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.RegisterFlags;
import io.uringreactive.sys.abi.RegisterLayouts.FileIndexRange;
import io.uringreactive.sys.abi.RegisterLayouts.FilesUpdate;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.libc.Calls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@link FileTable} on the running kernel. */
final class KernelFileTable implements FileTable {
    private final Registration ring;
    private final int slots;

    private KernelFileTable(Registration ring, int slots) {
        this.ring = ring;
        this.slots = slots;
    }

    static KernelFileTable register(Registration ring, int slots) {
        int result = ring.sparse("fileTable", RegisterOps.FILES2, slots);
        if (Errno.EMFILE.is(result)) {
            throw new RingUnavailable(
                    RingUnavailable.Reason.FILE_LIMIT,
                    "a table of %d files, of which RLIMIT_NOFILE allows %d"
                            .formatted(slots, Calls.softLimit(Calls.RLIMIT_NOFILE)),
                    "Ask for fewer slots, or raise RLIMIT_NOFILE (ulimit -n, systemd LimitNOFILE=)");
        }
        Registration.requireDone("IORING_REGISTER_FILES2", result);
        return new KernelFileTable(ring, slots);
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int set(int slot, int fd) {
        return update(slot, fd);
    }

    @Override
    public int clear(int slot) {
        return update(slot, RegisterFlags.FILES_UNSET);
    }

    private int update(int slot, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptor = arena.allocateFrom(JAVA_INT, fd);
            MemorySegment update = arena.allocate(FilesUpdate.SIZE, Long.BYTES);
            update.set(JAVA_INT, FilesUpdate.OFFSET, slot);
            update.set(JAVA_LONG, FilesUpdate.FDS, descriptor.address());
            // The kernel answers with the number of slots that it has updated.
            return Math.min(0, ring.call("set", RegisterOps.FILES_UPDATE, update.address(), 1));
        }
    }

    @Override
    public int allocationRange(int first, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocate(FileIndexRange.SIZE, Long.BYTES);
            range.set(JAVA_INT, FileIndexRange.OFF, first);
            range.set(JAVA_INT, FileIndexRange.LEN, count);
            int operation = RegisterOps.FILE_ALLOC_RANGE;
            return ring.call("allocationRange", operation, range.address(), 0);
        }
    }

    @Override
    public void close() {
        int result = ring.call("close of a file table", RegisterOps.UNREGISTER_FILES, 0, 0);
        Registration.requireDone("IORING_UNREGISTER_FILES", result);
    }
}
