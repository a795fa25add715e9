// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.testing;

import io.uringreactive.RingScheduler;
import io.uringreactive.op.Accept;
import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Sockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;

/** A listening socket on the loopback device, and connections to it. */
public final class Loopback implements AutoCloseable {
    private static final Sockets SOCKETS = LinuxKernel.instance().sockets();
    private static final int BACKLOG = 1024;

    private final int fd;
    private final InetSocketAddress address;

    /** Our end's descriptor, which the test closes, and the other end, an ordinary socket. */
    public record Pair(int fd, Socket peer) implements AutoCloseable {
        @Override
        public void close() {
            Loopback.close(fd);
            try {
                peer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Loopback(int fd, InetSocketAddress address) {
        this.fd = fd;
        this.address = address;
    }

    public static Loopback listen() {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        int fd = socket(any);
        Assertions.assertEquals(0, SOCKETS.bind(fd, any));
        Assertions.assertEquals(0, SOCKETS.listen(fd, BACKLOG));
        return new Loopback(fd, Objects.requireNonNull(SOCKETS.localAddress(fd)));
    }

    /** A new TCP socket for {@code address}'s family. */
    public static int socket(InetSocketAddress address) {
        int fd = SOCKETS.stream(SockAddr.family(address));
        Assertions.assertTrue(fd >= 0, "socket: " + fd);
        return fd;
    }

    public static void close(int fd) {
        Assertions.assertEquals(0, SOCKETS.close(fd), "close of " + fd);
    }

    public int fd() {
        return fd;
    }

    public InetSocketAddress address() {
        return address;
    }

    /** A client whose connection waits in the backlog. */
    public Socket client() {
        try {
            return new Socket(address.getAddress(), address.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Pair pair(RingScheduler ring) {
        Socket peer = client();
        return new Pair(
                Objects.requireNonNull(Accept.once(ring, fd).block(Rings.LIMIT)).take(), peer);
    }

    @Override
    public void close() {
        close(fd);
    }
}
