// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.abi.SocketOption;
import io.uringreactive.sys.libc.Calls;
import io.uringreactive.sys.libc.SocketCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** {@link Sockets} of the running kernel. */
final class LinuxSockets implements Sockets {
    @Override
    public int stream(int family) {
        return SocketCalls.stream(family);
    }

    @Override
    public int bind(int fd, InetSocketAddress address) {
        return SocketCalls.bind(fd, address);
    }

    @Override
    public int listen(int fd, int backlog) {
        return SocketCalls.listen(fd, backlog);
    }

    @Override
    public int set(int fd, SocketOption option, int value) {
        return SocketCalls.set(fd, option, value);
    }

    @Override
    public int resetOnClose(int fd) {
        return SocketCalls.resetOnClose(fd);
    }

    @Override
    public int shutdownOutput(int fd) {
        return SocketCalls.shutdownOutput(fd);
    }

    @Override
    public @Nullable InetSocketAddress localAddress(int fd) {
        return name(into -> SocketCalls.localName(fd, into));
    }

    @Override
    public @Nullable InetSocketAddress peerAddress(int fd) {
        return name(into -> SocketCalls.peerName(fd, into));
    }

    private static @Nullable InetSocketAddress name(ToIntFunction<MemorySegment> call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment into = arena.allocate(SockAddr.SIZE_MAX, Long.BYTES);
            return call.applyAsInt(into) < 0 ? null : SockAddr.read(into);
        }
    }

    @Override
    public int close(int fd) {
        return Calls.close(fd);
    }
}
