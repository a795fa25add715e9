// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.libc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * io_uring_setup(2), io_uring_enter(2) and io_uring_register(2) by syscall(2): their numbers are
 * the same on x86-64 and arm64. An instance keeps the memory that the calls of one thread need, so
 * that the hot call allocates nothing; confined to that thread.
 */
public final class RingCalls {
    private static final long SYS_IO_URING_SETUP = 425;
    private static final long SYS_IO_URING_ENTER = 426;
    private static final long SYS_IO_URING_REGISTER = 427;

    /** syscall(2) is variadic: its first argument is named, the others are not. */
    private static final MethodHandle SYSCALL =
            Native.bind(
                    "syscall",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                            JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1),
                    Native.ERRNO);

    private final MemorySegment callState = Arena.ofAuto().allocate(Native.CALL_STATE);

    /** io_uring_setup(2): the ring's file descriptor or -errno. */
    public int setup(int entries, MemorySegment params) {
        return call(SYS_IO_URING_SETUP, entries, params.address(), 0, 0, 0, 0);
    }

    /** io_uring_enter(2): the number of SQEs consumed or -errno. */
    public int enter(int fd, int toSubmit, int minComplete, int flags, long argument, long bytes) {
        return call(SYS_IO_URING_ENTER, fd, toSubmit, minComplete, flags, argument, bytes);
    }

    /** io_uring_register(2): what the operation returns, or -errno. */
    public int register(int fd, int operation, long argument, int count) {
        return call(SYS_IO_URING_REGISTER, fd, operation, argument, count, 0, 0);
    }

    private int call(long number, long a, long b, long c, long d, long e, long f) {
        try {
            long returned = (long) SYSCALL.invokeExact(callState, number, a, b, c, d, e, f);
            return returned == -1 ? -Native.errno(callState) : (int) returned;
        } catch (Throwable t) {
            throw Calls.unexpected(t);
        }
    }
}
