// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.SocketOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxSocketsTest {
    private final Sockets sockets = LinuxKernel.instance().sockets();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void shouldListenOnAPortOfTheKernelsChoice(String ip) throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral(ip), 0);
        int fd = sockets.stream(SockAddr.family(any));
        try {
            assertEquals(0, sockets.bind(fd, any));
            assertEquals(0, sockets.listen(fd, 1));
            InetSocketAddress bound = sockets.localAddress(fd);
            assertNotNull(bound);
            assertEquals(any.getAddress(), bound.getAddress());
            assertTrue(bound.getPort() > 0);
            try (Socket client = new Socket(bound.getAddress(), bound.getPort())) {
                assertTrue(client.isConnected());
            }
        } finally {
            assertEquals(0, sockets.close(fd));
        }
    }

    @Test
    void shouldSayThatThePortIsInUse() {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        int first = sockets.stream(SocketNumbers.AF_INET);
        int second = sockets.stream(SocketNumbers.AF_INET);
        try {
            assertEquals(0, sockets.bind(first, any));
            assertEquals(0, sockets.listen(first, 1));
            InetSocketAddress taken = sockets.localAddress(first);
            assertNotNull(taken);
            assertEquals("EADDRINUSE", Errno.name(sockets.bind(second, taken)));
        } finally {
            assertEquals(0, sockets.close(first));
            assertEquals(0, sockets.close(second));
        }
    }

    @Test
    void shouldTellBothEndsOfAConnection() {
        try (OpenRing open = OpenRing.open();
                Loopback loopback = Loopback.connect(open)) {
            assertEquals(loopback.peer.getRemoteSocketAddress(), sockets.localAddress(loopback.fd));
            assertEquals(loopback.peer.getLocalSocketAddress(), sockets.peerAddress(loopback.fd));
        }
    }

    @Test
    void shouldKnowNoPeerOfASocketThatIsNotConnected() {
        int fd = sockets.stream(SocketNumbers.AF_INET);
        assertNull(sockets.peerAddress(fd));
        assertEquals(0, sockets.close(fd));
    }

    @ParameterizedTest
    @EnumSource(SocketOption.class)
    void shouldSetEveryOption(SocketOption option) {
        int fd = sockets.stream(SocketNumbers.AF_INET6);
        assertEquals(0, sockets.set(fd, option, 1));
        assertEquals(0, sockets.close(fd));
    }

    @Test
    void shouldShareAPortWithReusePortOnly() {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        int first = sockets.stream(SocketNumbers.AF_INET);
        int second = sockets.stream(SocketNumbers.AF_INET);
        assertEquals(0, sockets.set(first, SocketOption.SO_REUSEPORT, 1));
        assertEquals(0, sockets.bind(first, any));
        InetSocketAddress bound = sockets.localAddress(first);
        assertNotNull(bound);
        assertEquals("EADDRINUSE", Errno.name(sockets.bind(second, bound)));
        assertEquals(0, sockets.set(second, SocketOption.SO_REUSEPORT, 1));
        assertEquals(0, sockets.bind(second, bound));
        assertEquals(0, sockets.close(first));
        assertEquals(0, sockets.close(second));
    }

    @Test
    void shouldResetTheConnectionWithTheCloseThatFollows() {
        try (OpenRing open = OpenRing.open();
                Loopback loopback = Loopback.connect(open)) {
            assertEquals(0, sockets.resetOnClose(loopback.fd));
            loopback.closeDescriptor();
            SocketException reset =
                    assertThrows(
                            SocketException.class, () -> loopback.peer.getInputStream().read());
            assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset.getMessage());
        }
    }

    @Test
    void shouldEndTheConnectionInOrderWithAnOrdinaryClose() throws Exception {
        try (OpenRing open = OpenRing.open();
                Loopback loopback = Loopback.connect(open)) {
            loopback.closeDescriptor();
            assertEquals(-1, loopback.peer.getInputStream().read());
        }
    }

    @Test
    void shouldReturnErrorsAndThrowNone() {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        assertEquals("EAFNOSUPPORT", Errno.name(sockets.stream(9999)));
        assertEquals("EBADF", Errno.name(sockets.bind(-1, any)));
        assertEquals("EBADF", Errno.name(sockets.listen(-1, 1)));
        assertEquals("EBADF", Errno.name(sockets.set(-1, SocketOption.SO_KEEPALIVE, 1)));
        assertEquals("EBADF", Errno.name(sockets.resetOnClose(-1)));
        assertEquals("EBADF", Errno.name(sockets.close(-1)));
        assertNull(sockets.localAddress(-1));
        assertNull(sockets.peerAddress(-1));
    }
}
