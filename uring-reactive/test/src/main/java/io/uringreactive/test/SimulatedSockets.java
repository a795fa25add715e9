// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.SocketOption;
import io.uringreactive.sys.ring.Sockets;
import java.net.InetSocketAddress;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** {@link Sockets} of a simulated kernel. By whoever has the turn. */
final class SimulatedSockets implements Sockets {
    private final World world;

    SimulatedSockets(World world) {
        this.world = world;
    }

    @Override
    public int stream(int family) {
        world.baton.requireTurn("socket");
        if (family != SocketNumbers.AF_INET && family != SocketNumbers.AF_INET6) {
            return -Errno.EAFNOSUPPORT.number();
        }
        return world.files.open(new SimulatedSocket(world));
    }

    @Override
    public int bind(int fd, InetSocketAddress address) {
        return with("bind", fd, socket -> socket.bind(address));
    }

    @Override
    public int listen(int fd, int backlog) {
        return with("listen", fd, socket -> socket.listen(backlog));
    }

    @Override
    public int set(int fd, SocketOption option, int value) {
        return with("setsockopt", fd, socket -> socket.set(option, value));
    }

    @Override
    public int resetOnClose(int fd) {
        return with(
                "setsockopt",
                fd,
                socket -> {
                    socket.resetOnClose();
                    return 0;
                });
    }

    @Override
    public @Nullable InetSocketAddress localAddress(int fd) {
        world.baton.requireTurn("getsockname");
        SimulatedSocket socket = world.files.socket(fd);
        return socket == null ? null : socket.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress peerAddress(int fd) {
        world.baton.requireTurn("getpeername");
        SimulatedSocket socket = world.files.socket(fd);
        return socket == null ? null : socket.peerAddress();
    }

    @Override
    public int close(int fd) {
        world.baton.requireTurn("close");
        return world.files.close(fd);
    }

    @Override
    public int shutdownOutput(int fd) {
        return with("shutdown", fd, socket -> socket.shutdown(SocketNumbers.SHUT_WR));
    }

    private int with(String call, int fd, ToIntFunction<SimulatedSocket> action) {
        world.baton.requireTurn(call);
        SimulatedFile file = world.files.get(fd);
        if (file == null) {
            return -Errno.EBADF.number();
        }
        return file instanceof SimulatedSocket socket
                ? action.applyAsInt(socket)
                : -Errno.ENOTSOCK.number();
    }
}
