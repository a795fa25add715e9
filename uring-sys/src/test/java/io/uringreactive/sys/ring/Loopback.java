// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.abi.SocketNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP connection over loopback: a bare descriptor on our side, a Java socket on the other. */
final class Loopback implements AutoCloseable {
    private static final long CONNECT = 0xC0_47EC7L;

    private final Sockets sockets = LinuxKernel.instance().sockets();
    final int fd;
    final Socket peer;
    private boolean closed;

    private Loopback(int fd, Socket peer) {
        this.fd = fd;
        this.peer = peer;
    }

    /** Connects by the ring itself. */
    static Loopback connect(OpenRing open) {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Arena arena = Arena.ofConfined()) {
            int fd = LinuxKernel.instance().sockets().stream(SocketNumbers.AF_INET);
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            MemorySegment name = arena.allocate(SockAddr.SIZE_MAX, Long.BYTES);
            int bytes = SockAddr.write(address, name);
            open.ring
                    .reserve()
                    .opcode(Opcode.CONNECT)
                    .fd(fd)
                    .addr(name)
                    .off(bytes)
                    .userData(CONNECT);
            Cqe connected = open.await(1).getFirst();
            if (!connected.equals(new Cqe(CONNECT, 0, 0))) {
                throw new AssertionError("connect: " + connected);
            }
            Socket peer = server.accept();
            peer.setTcpNoDelay(true);
            peer.setSoTimeout((int) OpenRing.PATIENCE.toMillis());
            return new Loopback(fd, peer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends {@code bytes} from the peer; byte {@code i} of the stream is {@code (byte) i}. */
    void peerSends(int from, int bytes) {
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            data[i] = (byte) (from + i);
        }
        try {
            peer.getOutputStream().write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes our side's descriptor, and leaves the peer open to see what comes of it. */
    void closeDescriptor() {
        if (!closed) {
            closed = true;
            int result = sockets.close(fd);
            if (result != 0) {
                throw new AssertionError("close: " + result);
            }
        }
    }

    @Override
    public void close() {
        closeDescriptor();
        try {
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
