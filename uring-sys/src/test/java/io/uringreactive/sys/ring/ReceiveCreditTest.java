// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.NetFlags;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A multishot receive with a total, {@code optlen}: what the kernel makes of a byte credit. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReceiveCreditTest {
    private static final int BUFFER = 2048;
    private static final int COUNT = 64;
    private static final int SENT = 32 * 1024;

    @BeforeEach
    void requireReceiveCredit() {
        Assumptions.assumeTrue(
                LinuxKernel.instance().features().receiveCredit(),
                "missing kernel feature: receive credit (Linux 6.17)");
    }

    @ParameterizedTest
    @CsvSource({
        "8192, 4", "6144, 3", "5000, 3", "2049, 2", "2048, 1", "100, 1", "1, 1",
    })
    void shouldStopByItselfWhenTheCreditIsSpent(int credit, int cqeCount) {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = published(open);
                Loopback loopback = Loopback.connect(open)) {
            loopback.peerSends(0, SENT);
            buffers.receive(loopback.fd, 5).fileIndex(credit);
            List<Cqe> cqes = open.awaitTerminal(5);

            assertEquals(cqeCount, cqes.size(), cqes.toString());
            // Without bundles the last buffer is filled up: the overshoot is less than a buffer.
            assertTrue(cqes.stream().allMatch(cqe -> cqe.result() == BUFFER), cqes.toString());
            assertTrue(cqes.stream().limit(cqeCount - 1).noneMatch(Cqe::isTerminal));
            assertEquals(List.of(), open.poll(), "nothing comes after the terminal CQE");
        }
    }

    @Test
    void shouldCountBytesAndNotCqes() {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = published(open);
                Loopback loopback = Loopback.connect(open)) {
            buffers.receive(loopback.fd, 5).fileIndex(100);
            for (int sent = 0; sent < 90; sent += 10) {
                loopback.peerSends(sent, 10);
                Cqe cqe = open.await(1).getFirst();
                assertEquals(10, cqe.result());
                assertTrue(!cqe.isTerminal(), "spent only " + (sent + 10) + " of 100");
            }
            loopback.peerSends(90, 10);
            assertTrue(open.await(1).getFirst().isTerminal(), "100 of 100 are spent");
        }
    }

    @Test
    void shouldLoseNothingBetweenTwoReceives() {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = published(open);
                Loopback loopback = Loopback.connect(open)) {
            loopback.peerSends(0, SENT);
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            while (received.size() < SENT) {
                buffers.receive(loopback.fd, 5).fileIndex(3 * BUFFER);
                for (Cqe cqe : open.awaitTerminal(5)) {
                    assertTrue(cqe.result() > 0, Errno.name(cqe.result()));
                    received.writeBytes(buffers.read(cqe.bufferId(), cqe.result()));
                    buffers.publish(cqe.bufferId());
                }
                if (SENT - received.size() < 3 * BUFFER) {
                    // The last receive is not filled by what is left: it needs its credit's rest.
                    loopback.peerSends(SENT, 3 * BUFFER);
                }
            }
            byte[] expected = new byte[SENT];
            IntStream.range(0, SENT).forEach(i -> expected[i] = (byte) i);
            assertArrayEquals(expected, Arrays.copyOf(received.toByteArray(), SENT));
        }
    }

    @Test
    void shouldCapEachBufferByTheFairnessLimitInLen() {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = published(open);
                Loopback loopback = Loopback.connect(open)) {
            loopback.peerSends(0, SENT);
            buffers.receive(loopback.fd, 5).len(512).fileIndex(2048);
            List<Cqe> cqes = open.awaitTerminal(5);
            assertEquals(List.of(512, 512, 512, 512), cqes.stream().map(Cqe::result).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 2048, 5000, 8192})
    void shouldBeExactWithBundles(int credit) {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = published(open);
                Loopback loopback = Loopback.connect(open)) {
            loopback.peerSends(0, SENT);
            buffers.receive(loopback.fd, 5)
                    .ioprio(NetFlags.RECV_MULTISHOT | NetFlags.BUNDLE)
                    .fileIndex(credit);
            List<Cqe> cqes = open.awaitTerminal(5);
            assertEquals(credit, cqes.stream().mapToInt(Cqe::result).sum(), cqes.toString());
        }
    }

    @Test
    void shouldStayArmedWithoutACredit() {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = published(open);
                Loopback loopback = Loopback.connect(open)) {
            loopback.peerSends(0, SENT);
            buffers.receive(loopback.fd, 5);
            List<Cqe> cqes = open.await(SENT / BUFFER);
            assertTrue(cqes.stream().noneMatch(Cqe::isTerminal));
        }
    }

    private static Buffers published(OpenRing open) {
        Buffers buffers = Buffers.register(open, COUNT, BUFFER);
        return buffers.publish(IntStream.range(0, COUNT).toArray());
    }
}
