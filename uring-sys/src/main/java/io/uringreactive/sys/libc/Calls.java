// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * File descriptors and memory: close(2), mmap(2), munmap(2), eventfd(2), getrlimit(2) and
 * getpagesize(2). Safe from any thread.
 */
public final class Calls {
    /** {@code RLIMIT_NOFILE} of getrlimit(2). */
    public static final int RLIMIT_NOFILE = 7;

    /** {@code RLIMIT_MEMLOCK} of getrlimit(2). */
    public static final int RLIMIT_MEMLOCK = 8;

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED_POPULATE = 0x8001;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MADV_DONTFORK = 10;

    private static final MethodHandle CLOSE =
            Native.bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), Native.ERRNO);
    private static final MethodHandle MMAP =
            Native.bind(
                    "mmap",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                            JAVA_LONG),
                    Native.ERRNO);
    private static final MethodHandle MUNMAP =
            Native.bind(
                    "munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), Native.ERRNO);
    private static final MethodHandle MADVISE =
            Native.bind(
                    "madvise",
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT),
                    Native.ERRNO);
    private static final MethodHandle EVENTFD =
            Native.bind(
                    "eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), Native.ERRNO);
    private static final MethodHandle EVENTFD_WRITE =
            Native.bind(
                    "eventfd_write",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
                    Native.ERRNO);
    private static final MethodHandle GETRLIMIT =
            Native.bind(
                    "getrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS), Native.ERRNO);

    private static final MethodHandle GETPAGESIZE =
            Native.bind("getpagesize", FunctionDescriptor.of(JAVA_INT));

    /** getpagesize(2). */
    public static int pageBytes() {
        try {
            return (int) GETPAGESIZE.invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** close(2): 0 or -errno. */
    public static int close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            return result((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** mmap(2) of a ring's file descriptor, shared and populated: the address or -errno. */
    public static long mapRing(int fd, long bytes, long offset) {
        return map(bytes, MAP_SHARED_POPULATE, fd, offset);
    }

    /** Page-aligned, zeroed memory by mmap(2): the address or -errno. */
    public static long mapAnonymous(long bytes) {
        return map(bytes, MAP_PRIVATE_ANONYMOUS, -1, 0);
    }

    /**
     * Memory that the kernel writes must not be copied into a child: after fork(2) the parent would
     * get the copy and lose sight of the ring (MADV_DONTFORK, madvise(2)).
     */
    private static long map(long bytes, int flags, int fd, long offset) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            long address =
                    (long) MMAP.invokeExact(state, 0L, bytes, PROT_READ_WRITE, flags, fd, offset);
            if (address == -1) {
                return -Native.errno(state);
            }
            int advised =
                    result((int) MADVISE.invokeExact(state, address, bytes, MADV_DONTFORK), state);
            if (advised < 0) {
                int unmapped = unmap(address, bytes);
                assert unmapped == 0 : "munmap: " + unmapped;
                return advised;
            }
            return address;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** munmap(2): 0 or -errno. */
    public static int unmap(long address, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            return result((int) MUNMAP.invokeExact(state, address, bytes), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** eventfd(2) with {@code flags}: the file descriptor or -errno. */
    public static int eventfd(int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            return result((int) EVENTFD.invokeExact(state, 0, flags), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Adds one to an eventfd: 0 or -errno. */
    public static int eventfdWrite(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            return result((int) EVENTFD_WRITE.invokeExact(state, fd, 1L), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * The soft limit of {@code resource} by getrlimit(2), {@code -1} for unlimited; or -errno - 1.
     */
    public static long softLimit(int resource) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            MemorySegment limits = arena.allocate(JAVA_LONG, 2);
            int result = result((int) GETRLIMIT.invokeExact(state, resource, limits), state);
            return result < 0 ? result - 1L : limits.getAtIndex(JAVA_LONG, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int result(int returned, MemorySegment callState) {
        return returned == -1 ? -Native.errno(callState) : returned;
    }

    static RuntimeException unexpected(Throwable e) {
        // invokeExact declares Throwable; only unchecked ones can come out of a downcall.
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }

    private Calls() {}
}
