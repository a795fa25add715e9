// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.uringreactive.sys.abi.EnterFlags;
import io.uringreactive.sys.abi.Layouts.GeteventsArg;
import io.uringreactive.sys.abi.Layouts.Timespec;
import io.uringreactive.sys.abi.RegisterFlags;
import io.uringreactive.sys.abi.RegisterLayouts.MemRegionReg;
import io.uringreactive.sys.abi.RegisterLayouts.RegWait;
import io.uringreactive.sys.abi.RegisterLayouts.RegionDesc;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.libc.Calls;
import io.uringreactive.sys.libc.Native;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How long an enter waits, as io_uring_enter(2) takes it: either copied by the kernel in every call
 * (EXT_ARG, Linux 5.11), or read from memory that it has mapped (EXT_ARG_REG, Linux 6.13). Confined
 * to the ring's thread.
 */
sealed interface WaitArgument {
    /**
     * @param timeoutNanos {@link Long#MAX_VALUE} for no limit
     * @param minWaitMicros after which one CQE is enough, 0 for never (Linux 6.12)
     */
    void set(long timeoutNanos, int minWaitMicros);

    /** {@link EnterFlags}. */
    int flags();

    /** An address, or an offset into the registered region. */
    long address();

    int bytes();

    /** After the ring has been closed. */
    void close();

    private static void setTime(MemorySegment memory, long offset, long nanos) {
        memory.set(JAVA_LONG, offset + Timespec.SEC, nanos / 1_000_000_000L);
        memory.set(JAVA_LONG, offset + Timespec.NSEC, nanos % 1_000_000_000L);
    }

    /** {@code io_uring_getevents_arg}, followed by the timespec that it points to. */
    record Copied(MemorySegment memory) implements WaitArgument {
        Copied() {
            this(Arena.ofAuto().allocate(GeteventsArg.SIZE + Timespec.SIZE, Long.BYTES));
            memory.set(JAVA_INT, GeteventsArg.SIGMASK_SZ, Long.BYTES);
        }

        @Override
        public void set(long timeoutNanos, int minWaitMicros) {
            long time = 0;
            if (timeoutNanos != Long.MAX_VALUE) {
                setTime(memory, GeteventsArg.SIZE, timeoutNanos);
                time = memory.address() + GeteventsArg.SIZE;
            }
            memory.set(JAVA_LONG, GeteventsArg.TS, time);
            memory.set(JAVA_INT, GeteventsArg.MIN_WAIT_USEC, minWaitMicros);
        }

        @Override
        public int flags() {
            return EnterFlags.EXT_ARG;
        }

        @Override
        public long address() {
            return memory.address();
        }

        @Override
        public int bytes() {
            return GeteventsArg.SIZE;
        }

        @Override
        public void close() {
            // The garbage collector frees it.
        }
    }

    /** {@code io_uring_reg_wait} at the beginning of a page that is registered with the ring. */
    record Registered(MemorySegment memory) implements WaitArgument {
        @Override
        public void set(long timeoutNanos, int minWaitMicros) {
            boolean limited = timeoutNanos != Long.MAX_VALUE;
            if (limited) {
                setTime(memory, RegWait.TS, timeoutNanos);
            }
            memory.set(JAVA_INT, RegWait.FLAGS, limited ? RegisterFlags.WAIT_TS : 0);
            memory.set(JAVA_INT, RegWait.MIN_WAIT_USEC, minWaitMicros);
        }

        @Override
        public int flags() {
            return EnterFlags.EXT_ARG | EnterFlags.EXT_ARG_REG;
        }

        @Override
        public long address() {
            return 0;
        }

        @Override
        public int bytes() {
            return RegWait.SIZE;
        }

        @Override
        public void close() {
            int unmapped = Calls.unmap(memory.address(), memory.byteSize());
            assert unmapped == 0 : "munmap: " + unmapped;
        }
    }

    /** What came of a registration: the argument to use, and 0 or the -errno of the failure. */
    record Attempt(WaitArgument argument, int result) {}

    /**
     * Registers a page with the ring of {@code fd}, which must still be disabled: io_uring_register
     * refuses it (-EINVAL) once somebody could be waiting. The page is charged to RLIMIT_MEMLOCK.
     */
    static Attempt register(RingCalls calls, int fd) {
        long bytes = Calls.pageBytes();
        long address = Calls.mapAnonymous(bytes);
        if (address < 0) {
            return new Attempt(new Copied(), (int) address);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment region = arena.allocate(RegionDesc.SIZE, Long.BYTES);
            region.set(JAVA_LONG, RegionDesc.USER_ADDR, address);
            region.set(JAVA_LONG, RegionDesc.BYTES, bytes);
            region.set(JAVA_INT, RegionDesc.FLAGS, RegisterFlags.MEM_REGION_TYPE_USER);
            MemorySegment register = arena.allocate(MemRegionReg.SIZE, Long.BYTES);
            register.set(JAVA_LONG, MemRegionReg.REGION_UPTR, region.address());
            register.set(JAVA_LONG, MemRegionReg.FLAGS, RegisterFlags.MEM_REGION_WAIT_ARG);
            int result = calls.register(fd, RegisterOps.MEM_REGION, register.address(), 1);
            Registered argument = new Registered(Native.memory(address, bytes));
            if (result < 0) {
                argument.close();
                return new Attempt(new Copied(), result);
            }
            return new Attempt(argument, 0);
        }
    }
}
