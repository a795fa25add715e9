// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.RegisterFlags;
import io.uringreactive.sys.abi.RegisterLayouts.RsrcRegister;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** io_uring_register(2) on one ring, for the ring's own thread and nobody else. */
record Registration(RingCalls calls, RingOwner owner, int fd) {
    /** What the operation returns, or -errno; {@code what} names the caller's call if refused. */
    int call(String what, int operation, long argument, int count) {
        owner.requireCaller(what);
        return calls.register(fd, operation, argument, count);
    }

    /** Registers a table of {@code slots} empty slots: 0 or -errno. */
    int sparse(String what, int operation, int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("a table has at least one slot: " + slots);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment register = arena.allocate(RsrcRegister.SIZE, Long.BYTES);
            register.set(JAVA_INT, RsrcRegister.NR, slots);
            register.set(JAVA_INT, RsrcRegister.FLAGS, RegisterFlags.RSRC_SPARSE);
            return call(what, operation, register.address(), RsrcRegister.SIZE);
        }
    }

    /** Misuse is an {@link IllegalStateException}; what the system denies a typed failure. */
    static void requireDone(String call, int result) {
        if (Errno.EBUSY.is(result)) {
            throw new IllegalStateException(call + ": the ring has such a table already");
        }
        if (Errno.ENXIO.is(result)) {
            throw new IllegalStateException(call + ": the ring has no such table (any more)");
        }
        if (Errno.EINVAL.is(result)) {
            throw new IllegalArgumentException(call + ": the kernel has no tables of that size");
        }
        if (Errno.EACCES.is(result)) {
            throw new IllegalStateException(call + ": the ring's restrictions do not allow it");
        }
        if (result < 0) {
            throw Diagnosis.explain(call, result, SystemFacts.read());
        }
    }
}
