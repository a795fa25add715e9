// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.stress;

import io.uringreactive.sys.abi.SocketOption;
import io.uringreactive.sys.ring.Sockets;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Socket calls that all succeed and do nothing. */
public class StubSockets implements Sockets {
    @Override
    public int stream(int family) {
        return 0;
    }

    @Override
    public int bind(int fd, InetSocketAddress address) {
        return 0;
    }

    @Override
    public int listen(int fd, int backlog) {
        return 0;
    }

    @Override
    public int set(int fd, SocketOption option, int value) {
        return 0;
    }

    @Override
    public int resetOnClose(int fd) {
        return 0;
    }

    @Override
    public int shutdownOutput(int fd) {
        return 0;
    }

    @Override
    public @Nullable InetSocketAddress localAddress(int fd) {
        return null;
    }

    @Override
    public @Nullable InetSocketAddress peerAddress(int fd) {
        return null;
    }

    @Override
    public int close(int fd) {
        return 0;
    }
}
