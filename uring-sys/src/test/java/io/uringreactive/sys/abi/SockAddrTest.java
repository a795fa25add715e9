// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SockAddrTest {
    /** Full of rubbish, so that a byte that is not written shows. */
    private final MemorySegment memory =
            Arena.ofAuto().allocate(SockAddr.SIZE_MAX, Long.BYTES).fill((byte) 0x5A);

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 80, 16",
        "255.255.255.255, 65535, 16",
        "0.0.0.0, 0, 16",
        "192.168.1.200, 32768, 16",
        "::1, 443, 28",
        "::, 0, 28",
        "2001:db8:ff00:1:8000:90ab:cdef:ffff, 65535, 28"
    })
    void shouldReadBackWhatWasWritten(String ip, int port, int bytes) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(ip), port);
        assertEquals(bytes, SockAddr.write(address, memory));
        assertEquals(address, SockAddr.read(memory));
    }

    @Test
    void shouldLayOutIpv4AsTheKernelReadsIt() {
        int bytes = SockAddr.write(address("1.2.3.4", 0x1234), memory);
        assertBytes("0200" + "1234" + "01020304" + "00".repeat(8), bytes);
    }

    @Test
    void shouldLayOutIpv6AsTheKernelReadsIt() throws Exception {
        byte[] ip = HexFormat.of().parseHex("fe80000000000000000102030405060f");
        InetSocketAddress address =
                new InetSocketAddress(Inet6Address.getByAddress(null, ip, 0x0201), 0x1234);
        int bytes = SockAddr.write(address, memory);
        String flowInfo = "00000000";
        assertBytes(
                "0a00" + "1234" + flowInfo + "fe80000000000000000102030405060f" + "01020000",
                bytes);
    }

    private void assertBytes(String hex, int bytes) {
        byte[] written = memory.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE);
        assertArrayEquals(HexFormat.of().parseHex(hex), written);
    }

    @Test
    void shouldKeepTheScopeOfALinkLocalAddress() throws Exception {
        byte[] ip = InetAddress.ofLiteral("fe80::1").getAddress();
        InetSocketAddress address =
                new InetSocketAddress(Inet6Address.getByAddress(null, ip, 3), 9);
        SockAddr.write(address, memory);
        InetSocketAddress read = SockAddr.read(memory);
        assertEquals(address, read);
        assertEquals(3, ((Inet6Address) read.getAddress()).getScopeId());
    }

    @Test
    void shouldReadAMappedAddressAsTheIpv4AddressThatItIs() {
        // What a dual-stack listener says of a peer that came over IPv4.
        byte[] mapped = HexFormat.of().parseHex("0a00" + "1f90" + "00000000" + "00".repeat(10));
        memory.fill((byte) 0).asSlice(0, mapped.length).copyFrom(MemorySegment.ofArray(mapped));
        byte[] tail = HexFormat.of().parseHex("ffff0a010203");
        memory.asSlice(18, tail.length).copyFrom(MemorySegment.ofArray(tail));
        InetSocketAddress read = SockAddr.read(memory);
        assertEquals(Inet4Address.class, read.getAddress().getClass());
        assertEquals(address("10.1.2.3", 8080), read);
    }

    @Test
    void shouldRefuseAnAddressThatIsNotResolved() {
        InetSocketAddress name = InetSocketAddress.createUnresolved("example.invalid", 80);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> SockAddr.write(name, memory));
        assertEquals("the address is not resolved: " + name, refused.getMessage());
    }

    @Test
    void shouldRefuseToReadAnotherFamily() {
        memory.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> SockAddr.read(memory));
        assertEquals("not an internet address: family 1", refused.getMessage());
    }

    @Test
    void shouldTellTheFamily() {
        assertEquals(SocketNumbers.AF_INET, SockAddr.family(address("127.0.0.1", 1)));
        assertEquals(SocketNumbers.AF_INET6, SockAddr.family(address("::1", 1)));
    }

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }
}
