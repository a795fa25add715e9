// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.PollFlags;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.libc.Calls;

/**
 * How other threads end a ring's wait: an eventfd that a multishot poll watches (Linux 5.13). It
 * was measured faster than MSG_RING and cannot land in a stranger's ring.
 *
 * <p>The counter is never read: every write wakes the poll, which is edge-triggered, and the
 * counter would take centuries to fill.
 */
final class WakeUp {
    /** Not a slot that the loop hands out: its generations and slots are never all ones. */
    static final long USER_DATA = -1L;

    private final int fd;

    /**
     * Guards {@link #closed}: a write after close could hit a descriptor that is somebody else's.
     */
    private final Object lock = new Object();

    private boolean closed;

    private WakeUp(int fd) {
        this.fd = fd;
    }

    static WakeUp open() {
        int fd = Calls.eventfd(SocketNumbers.EFD_CLOEXEC | SocketNumbers.EFD_NONBLOCK);
        if (fd < 0) {
            throw Diagnosis.explain("eventfd", fd, SystemFacts.read());
        }
        return new WakeUp(fd);
    }

    void prepare(Sqe sqe) {
        sqe.opcode(Opcode.POLL_ADD)
                .fd(fd)
                .len(PollFlags.ADD_MULTI)
                .opFlags(SocketNumbers.POLLIN)
                .userData(USER_DATA);
    }

    /** Safe from any thread, also after {@link #close()}: it does nothing then. */
    void wake() {
        synchronized (lock) {
            if (!closed) {
                int result = Calls.eventfdWrite(fd);
                if (result < 0) {
                    throw new IllegalStateException("eventfd_write: " + result);
                }
            }
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
            int result = Calls.close(fd);
            assert result == 0 : "close of an eventfd: " + result;
        }
    }
}
