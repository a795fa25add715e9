// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.SocketOption;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;

/**
 * The socket calls that are not worth a ring operation, or are none on our oldest kernel:
 * socket(2), bind(2), listen(2), setsockopt(2), getsockname(2), getpeername(2), shutdown(2). None
 * of them blocks. Safe from any thread.
 */
public final class SocketCalls {
    private static final FunctionDescriptor THREE_INTS =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final FunctionDescriptor FD_AND_NAME =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

    private static final MethodHandle SOCKET = Native.bind("socket", THREE_INTS, Native.ERRNO);
    private static final MethodHandle BIND =
            Native.bind(
                    "bind",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
                    Native.ERRNO);
    private static final MethodHandle LISTEN =
            Native.bind(
                    "listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), Native.ERRNO);
    private static final MethodHandle SHUTDOWN =
            Native.bind(
                    "shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), Native.ERRNO);
    private static final MethodHandle SETSOCKOPT =
            Native.bind(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
                    Native.ERRNO);
    private static final MethodHandle GETSOCKNAME =
            Native.bind("getsockname", FD_AND_NAME, Native.ERRNO);
    private static final MethodHandle GETPEERNAME =
            Native.bind("getpeername", FD_AND_NAME, Native.ERRNO);

    private static final int SOL_SOCKET = 1;
    private static final int SO_LINGER = 13;

    /** A stream socket, close-on-exec and in blocking mode as io_uring likes it: fd or -errno. */
    public static int stream(int family) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            int type = SocketNumbers.SOCK_STREAM | SocketNumbers.SOCK_CLOEXEC;
            return Calls.result((int) SOCKET.invokeExact(state, family, type, 0), state);
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
    }

    /** bind(2): 0 or -errno. */
    public static int bind(int fd, InetSocketAddress address) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            MemorySegment name = arena.allocate(SockAddr.SIZE_MAX, Long.BYTES);
            int bytes = SockAddr.write(address, name);
            return Calls.result((int) BIND.invokeExact(state, fd, name, bytes), state);
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
    }

    /** listen(2): 0 or -errno. */
    public static int listen(int fd, int backlog) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            return Calls.result((int) LISTEN.invokeExact(state, fd, backlog), state);
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
    }

    /** shutdown(2) of the sending direction: 0 or -errno. */
    public static int shutdownOutput(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            return Calls.result(
                    (int) SHUTDOWN.invokeExact(state, fd, SocketNumbers.SHUT_WR), state);
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
    }

    /** setsockopt(2) of an option whose value is an int: 0 or -errno. */
    public static int set(int fd, SocketOption option, int value) {
        return set(fd, option.level(), option.number(), value);
    }

    /**
     * Makes the next close(2) of the socket reset the connection at once, without waiting ({@code
     * SO_LINGER} on with zero seconds, socket(7)): 0 or -errno.
     */
    public static int resetOnClose(int fd) {
        return set(fd, SOL_SOCKET, SO_LINGER, 1, 0);
    }

    private static int set(int fd, int level, int name, int... value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            MemorySegment memory = arena.allocateFrom(JAVA_INT, value);
            int bytes = (int) memory.byteSize();
            return Calls.result(
                    (int) SETSOCKOPT.invokeExact(state, fd, level, name, memory, bytes), state);
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
    }

    /** getsockname(2), read into {@code into}: 0 or -errno. */
    public static int localName(int fd, MemorySegment into) {
        return name(GETSOCKNAME, fd, into);
    }

    /** getpeername(2), read into {@code into}: 0 or -errno. */
    public static int peerName(int fd, MemorySegment into) {
        return name(GETPEERNAME, fd, into);
    }

    private static int name(MethodHandle call, int fd, MemorySegment into) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            MemorySegment length = arena.allocateFrom(JAVA_INT, SockAddr.SIZE_MAX);
            return Calls.result((int) call.invokeExact(state, fd, into, length), state);
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
    }

    private SocketCalls() {}
}
