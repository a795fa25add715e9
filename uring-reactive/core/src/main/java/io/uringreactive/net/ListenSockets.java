// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.ListenOptions;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.TransportException;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.SocketOption;
import io.uringreactive.sys.ring.Sockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens one listening socket per ring on one port. The first binds without SO_REUSEPORT, so that a
 * port which anybody else has is refused; with the option set on it after that, the others share it
 * with it, and only with it.
 */
final class ListenSockets {
    private final Sockets sockets;
    private final ListenOptions options;
    private final List<Integer> fds = new ArrayList<>();
    private InetSocketAddress address;

    private ListenSockets(Sockets sockets, ListenOptions options) {
        this.sockets = sockets;
        this.options = options;
        this.address = options.address();
    }

    /** Everything is listening, or nothing is open. */
    static ListenSockets open(Sockets sockets, ListenOptions options, int count)
            throws TransportException {
        ListenSockets opened = new ListenSockets(sockets, options);
        try {
            opened.bindAll(count);
            return opened;
        } catch (TransportException e) {
            opened.fds.forEach(sockets::close);
            throw e;
        }
    }

    private void bindAll(int count) throws TransportException {
        for (int i = 0; i < count; i++) {
            boolean first = i == 0;
            int fd = openSocket();
            set(fd, SocketOption.SO_REUSEADDR, 1);
            if (!first) {
                set(fd, SocketOption.SO_REUSEPORT, 1);
            }
            check("bind", sockets.bind(fd, address));
            if (first) {
                set(fd, SocketOption.SO_REUSEPORT, 1);
                InetSocketAddress bound = sockets.localAddress(fd);
                address = bound == null ? address : bound;
            }
        }
        // Only now: a group of sockets that grows while it listens moves connections about.
        for (int fd : fds) {
            check("listen", sockets.listen(fd, options.backlog()));
        }
    }

    private int openSocket() throws TransportException {
        int fd = sockets.stream(SockAddr.family(address));
        if (Errno.EAFNOSUPPORT.is(fd) && address.getAddress().isAnyLocalAddress()) {
            // Where the machine has no IPv6, "every address" means every IPv4 address.
            address = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), address.getPort());
            fd = sockets.stream(SocketNumbers.AF_INET);
        }
        fds.add(check("socket", fd));
        if (SockAddr.family(address) == SocketNumbers.AF_INET6) {
            set(fd, SocketOption.IPV6_V6ONLY, 0);
        }
        for (var change : options.socket().changes().entrySet()) {
            set(fd, change.getKey(), change.getValue());
        }
        return fd;
    }

    private void set(int fd, SocketOption option, int value) throws TransportException {
        check(option.name(), sockets.set(fd, option, value));
    }

    private int check(String operation, int result) throws TransportException {
        if (result < 0) {
            throw TransportErrors.of(Family.BIND, operation, result, address);
        }
        return result;
    }

    List<Integer> fds() {
        return fds;
    }

    InetSocketAddress address() {
        return address;
    }
}
