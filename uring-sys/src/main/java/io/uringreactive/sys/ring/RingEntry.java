// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.uringreactive.sys.abi.EnterFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.RegisterLayouts.RsrcUpdate;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** How one ring is entered: by which descriptor, with which flags and which wait. */
final class RingEntry {
    private final RingCalls calls;
    private final int fd;
    private final WaitArgument wait;

    /** The index of the registered descriptor, or the descriptor. */
    private int target;

    private int flags;

    RingEntry(RingCalls calls, int fd, WaitArgument wait, boolean noIowait) {
        this.calls = calls;
        this.fd = fd;
        this.wait = wait;
        this.target = fd;
        this.flags = EnterFlags.GETEVENTS | (noIowait ? EnterFlags.NO_IOWAIT : 0);
    }

    /**
     * Spares the kernel the look-up of the descriptor in every enter (Linux 5.18). A thread has 16
     * places; without one the plain descriptor does the same, slower.
     */
    boolean registerDescriptor() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment update = arena.allocate(RsrcUpdate.SIZE, Long.BYTES);
            update.set(JAVA_INT, RsrcUpdate.OFFSET, -1);
            update.set(JAVA_LONG, RsrcUpdate.DATA, fd);
            int result = calls.register(fd, RegisterOps.RING_FDS, update.address(), 1);
            if (result == 1) {
                target = update.get(JAVA_INT, RsrcUpdate.OFFSET);
                flags |= EnterFlags.REGISTERED_RING;
            }
            return result == 1;
        }
    }

    /**
     * The registration holds the ring open: without this its memory and the files of its operations
     * would stay until the thread ends, whatever close(2) says.
     */
    void unregisterDescriptor() {
        if ((flags & EnterFlags.REGISTERED_RING) != 0) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment update = arena.allocate(RsrcUpdate.SIZE, Long.BYTES);
                update.set(JAVA_INT, RsrcUpdate.OFFSET, target);
                int operation = RegisterOps.UNREGISTER_RING_FDS;
                int result = calls.register(fd, operation, update.address(), 1);
                assert result == 1 : "IORING_UNREGISTER_RING_FDS: " + result;
            }
        }
    }

    /**
     * One io_uring_enter(2) that does not wait for CQEs: the number of SQEs consumed.
     *
     * @param more {@link EnterFlags} besides those of every enter
     */
    int enter(int toSubmit, int more) {
        return consumed(calls.enter(target, toSubmit, 0, flags | more, 0, 0));
    }

    /**
     * One io_uring_enter(2) that waits for {@code completions} CQEs, or for one and {@code
     * minWaitMicros}: the number of SQEs consumed.
     */
    int enter(int toSubmit, int more, long timeoutNanos, int completions, int minWaitMicros) {
        wait.set(timeoutNanos, minWaitMicros);
        int all = flags | more | wait.flags();
        long address = wait.address();
        return consumed(calls.enter(target, toSubmit, completions, all, address, wait.bytes()));
    }

    private static int consumed(int result) {
        if (result >= 0) {
            return result;
        }
        boolean transientError =
                Errno.ETIME.is(result) // the time is over and nothing came
                        || Errno.EINTR.is(result) // a signal, or task work, came first
                        || Errno.EBUSY.is(result) // CQEs overflowed: drain and come back
                        || Errno.EAGAIN.is(result); // no memory for a request right now
        if (!transientError) {
            throw new IllegalStateException(
                    "io_uring_enter failed with "
                            + Errno.name(result)
                            + (Errno.EBADR.is(result)
                                    ? ": a CQE was lost for want of memory"
                                    : ""));
        }
        return 0;
    }

    /** After the ring has been closed. */
    void close() {
        wait.close();
    }
}
