// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/**
 * {@code struct sockaddr_in} (16 bytes) and {@code sockaddr_in6} (28 bytes), see ip(7) and ipv6(7).
 */
public final class SockAddr {
    /** Room for either, in bytes. */
    public static final int SIZE_MAX = 28;

    private static final int SIZE_INET = 16;
    private static final int PORT = 2;
    private static final int INET_ADDR = 4;
    private static final int INET6_ADDR = 8;
    private static final int INET6_SCOPE = 24;
    private static final ValueLayout.OfShort NETWORK_SHORT =
            JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** {@code AF_INET} or {@code AF_INET6}. */
    public static int family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address
                ? SocketNumbers.AF_INET
                : SocketNumbers.AF_INET6;
    }

    /**
     * Writes {@code address}, which must be resolved, and returns the number of bytes that it
     * takes.
     */
    public static int write(InetSocketAddress address, MemorySegment to) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException("the address is not resolved: " + address);
        }
        to.asSlice(0, SIZE_MAX).fill((byte) 0);
        to.set(JAVA_SHORT_UNALIGNED, 0, (short) family(address));
        to.set(NETWORK_SHORT, PORT, (short) address.getPort());
        byte[] bytes = ip.getAddress();
        boolean inet4 = ip instanceof Inet4Address;
        MemorySegment.copy(bytes, 0, to, JAVA_BYTE, inet4 ? INET_ADDR : INET6_ADDR, bytes.length);
        if (ip instanceof Inet6Address inet6) {
            to.set(JAVA_INT_UNALIGNED, INET6_SCOPE, inet6.getScopeId());
        }
        return inet4 ? SIZE_INET : SIZE_MAX;
    }

    /** Reads what the kernel wrote. */
    public static InetSocketAddress read(MemorySegment from) {
        int family = from.get(JAVA_SHORT_UNALIGNED, 0);
        int port = Short.toUnsignedInt(from.get(NETWORK_SHORT, PORT));
        try {
            return switch (family) {
                case SocketNumbers.AF_INET -> {
                    byte[] ip = from.asSlice(INET_ADDR, 4).toArray(JAVA_BYTE);
                    yield new InetSocketAddress(InetAddress.getByAddress(ip), port);
                }
                case SocketNumbers.AF_INET6 -> {
                    byte[] ip = from.asSlice(INET6_ADDR, 16).toArray(JAVA_BYTE);
                    int scope = from.get(JAVA_INT_UNALIGNED, INET6_SCOPE);
                    // A mapped IPv4 address (::ffff:a.b.c.d) comes out as an Inet4Address.
                    InetAddress address =
                            scope == 0
                                    ? InetAddress.getByAddress(ip)
                                    : Inet6Address.getByAddress(null, ip, scope);
                    yield new InetSocketAddress(address, port);
                }
                default ->
                        throw new IllegalArgumentException(
                                "not an internet address: family " + family);
            };
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is always valid", e);
        }
    }

    private SockAddr() {}
}
