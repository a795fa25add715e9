// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.SocketOption;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Socket calls that are made directly and not by a ring; none of them blocks. Results are 0 or a
 * file descriptor, or {@code -errno}. Safe from any thread.
 */
public interface Sockets {
    /** A new TCP socket of {@code family} ({@code AF_INET}, {@code AF_INET6}). */
    int stream(int family);

    int bind(int fd, InetSocketAddress address);

    int listen(int fd, int backlog);

    int set(int fd, SocketOption option, int value);

    /** Makes the coming close reset the connection instead of ending it in order. */
    int resetOnClose(int fd);

    /**
     * Ends the sending direction behind everything that was sent: shutdown(2) with SHUT_WR. It does
     * not block; as a ring operation the kernel would hand it to a worker thread.
     */
    int shutdownOutput(int fd);

    /** The socket's own address, or null where the kernel has none for it any more. */
    @Nullable InetSocketAddress localAddress(int fd);

    /** The peer's address, or null once the connection is gone. */
    @Nullable InetSocketAddress peerAddress(int fd);

    /** Closes a descriptor that no ring operation uses. */
    int close(int fd);
}
