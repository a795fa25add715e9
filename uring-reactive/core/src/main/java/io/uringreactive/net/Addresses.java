// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.sys.ring.Sockets;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The two addresses of a connection, asked for when somebody wants them, from any thread. Sealed
 * before the descriptor is closed: after that its number may belong to another connection.
 */
final class Addresses {
    private final Sockets sockets;
    private final int fd;
    private volatile @Nullable InetSocketAddress remote;
    private @Nullable InetSocketAddress local;
    private boolean sealed;

    Addresses(Sockets sockets, int fd) {
        this.sockets = sockets;
        this.fd = fd;
    }

    @Nullable InetSocketAddress knownRemote() {
        return remote;
    }

    synchronized @Nullable InetSocketAddress remote() {
        if (remote == null && !sealed) {
            remote = sockets.peerAddress(fd);
        }
        return remote;
    }

    synchronized @Nullable InetSocketAddress local() {
        if (local == null && !sealed) {
            local = sockets.localAddress(fd);
        }
        return local;
    }

    synchronized void seal() {
        sealed = true;
    }
}
