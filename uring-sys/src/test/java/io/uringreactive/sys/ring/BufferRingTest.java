// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SqeFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Provided buffers and the multishot receive that fills them. Where the receive is to stay armed,
 * one buffer more is published than gets filled: a kernel before 6.5 looks for the next one as soon
 * as it has filled one, whether or not there is data, and ends the receive when there is none.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BufferRingTest {
    private static final int BYTES = 1024;

    @Test
    void shouldFillBuffersInTheOrderInWhichTheyWerePublished() {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = Buffers.register(open, 4, BYTES).publish(2, 0, 3, 1);
                Loopback loopback = Loopback.connect(open)) {
            buffers.receive(loopback.fd, 5);
            int sent = 0;
            for (int id : List.of(2, 0, 3)) {
                loopback.peerSends(sent, 100);
                Cqe cqe = open.await(1).getFirst();
                assertEquals(5, cqe.userData());
                assertEquals(100, cqe.result());
                assertTrue(cqe.hasBuffer());
                assertFalse(cqe.isTerminal(), "the receive stays armed");
                assertEquals(id, cqe.bufferId());
                assertArrayEquals(stream(sent, 100), buffers.read(id, 100));
                sent += 100;
            }
            endOf(loopback, open);
        }
    }

    @Test
    void shouldFillABufferAgainThatWasPublishedAgain() {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = Buffers.register(open, 2, BYTES).publish(0, 1);
                Loopback loopback = Loopback.connect(open)) {
            buffers.receive(loopback.fd, 5);
            for (int round = 0; round < 50; round++) {
                loopback.peerSends(round, 10);
                Cqe cqe = open.await(1).getFirst();
                int id = round % 2;
                assertEquals(id, cqe.bufferId());
                assertFalse(cqe.isTerminal());
                assertArrayEquals(stream(round, 10), buffers.read(id, 10));
                buffers.publish(id);
            }
            endOf(loopback, open);
        }
    }

    @Test
    void shouldEndTheReceiveAtOnceWhereNoBufferIsPublished() {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = Buffers.register(open, 4, BYTES);
                Loopback loopback = Loopback.connect(open)) {
            loopback.peerSends(0, 10);
            buffers.receive(loopback.fd, 5);
            Cqe starved = open.await(1).getFirst();
            assertEquals("ENOBUFS", Errno.name(starved.result()));
            assertTrue(starved.isTerminal());
            assertFalse(starved.hasBuffer());

            // Starved and not failed: the data is still there for the next receive.
            buffers.publish(3, 1).receive(loopback.fd, 6);
            Cqe received = open.await(1).getFirst();
            assertEquals(10, received.result());
            assertArrayEquals(stream(0, 10), buffers.read(received.bufferId(), 10));
            endOf(loopback, open);
        }
    }

    @Test
    void shouldReportProvidedButUnpublishedBuffersAsNone() {
        try (OpenRing open = OpenRing.open();
                Loopback loopback = Loopback.connect(open)) {
            BufferRing ring = open.ring.bufferRing(Buffers.GROUP, 4);
            MemorySegment memory = Arena.ofAuto().allocate(BYTES);
            ring.provide(memory.address(), BYTES, 0);
            loopback.peerSends(0, 10);
            open.ring
                    .reserve()
                    .opcode(Opcode.RECV)
                    .fd(loopback.fd)
                    .flags(SqeFlags.BUFFER_SELECT)
                    .bufGroup(ring.group());
            assertTrue(open.await(1).getFirst().failedWith(Errno.ENOBUFS));
            ring.publish();
            open.ring
                    .reserve()
                    .opcode(Opcode.RECV)
                    .fd(loopback.fd)
                    .flags(SqeFlags.BUFFER_SELECT)
                    .bufGroup(ring.group());
            assertEquals(10, open.await(1).getFirst().result());
            ring.close();
        }
    }

    @Test
    void shouldEndTheReceiveWhenTheBuffersRunOut() {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = Buffers.register(open, 4, BYTES).publish(0, 1);
                Loopback loopback = Loopback.connect(open)) {
            loopback.peerSends(0, 3 * BYTES);
            List<Cqe> cqes = new ArrayList<>();
            buffers.receive(loopback.fd, 5);
            cqes.addAll(open.awaitTerminal(5));
            assertEquals(List.of(BYTES, BYTES), results(cqes.subList(0, 2)));
            assertFalse(cqes.get(0).isTerminal() || cqes.get(1).isTerminal());
            assertTrue(cqes.get(2).failedWith(Errno.ENOBUFS));
            assertEquals(3, cqes.size());
        }
    }

    @Test
    void shouldEndTheReceiveWithZeroAndWithoutABufferAtTheEndOfTheStream() throws Exception {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = Buffers.register(open, 4, BYTES).publish(0, 1);
                Loopback loopback = Loopback.connect(open)) {
            buffers.receive(loopback.fd, 5);
            loopback.peer.shutdownOutput();
            Cqe end = open.await(1).getFirst();
            assertEquals(new Cqe(5, 0, end.flags()), end);
            assertTrue(end.isTerminal());
            assertFalse(end.hasBuffer(), "the buffer that was tried stays published");
        }
    }

    @Test
    void shouldEndACancelledReceiveAndAnswerTheCancelToo() {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = Buffers.register(open, 4, BYTES).publish(0, 1);
                Loopback loopback = Loopback.connect(open)) {
            buffers.receive(loopback.fd, 5);
            open.poll();
            open.ring.reserve().opcode(Opcode.ASYNC_CANCEL).addr(5).userData(6);
            List<Cqe> cqes = open.await(2);
            Cqe cancelled = cqes.stream().filter(cqe -> cqe.userData() == 5).findFirst().get();
            Cqe cancel = cqes.stream().filter(cqe -> cqe.userData() == 6).findFirst().get();
            assertTrue(cancelled.failedWith(Errno.ECANCELED), cancelled.toString());
            assertTrue(cancelled.isTerminal());
            assertEquals(0, cancel.result());
        }
    }

    @Test
    void shouldKeepTheOrderWhenTheTailWraps() {
        // The tail has 16 bits: only more than 65,536 publications show what happens at its end.
        try (OpenRing open = OpenRing.open(64, 128);
                Buffers buffers = Buffers.register(open, 32, 8)) {
            int zero = open("/dev/zero", open);
            int published = 0;
            int expected = 0;
            while (expected < 70_000) {
                for (int i = 0; i < 32; i++) {
                    buffers.publish(published++ % 32);
                    open.ring
                            .reserve()
                            .opcode(Opcode.READ)
                            .fd(zero)
                            .flags(SqeFlags.BUFFER_SELECT)
                            .bufGroup(Buffers.GROUP)
                            .len(8);
                }
                for (Cqe cqe : open.await(32)) {
                    assertEquals(8, cqe.result(), "after " + expected);
                    assertEquals(expected++ % 32, cqe.bufferId());
                }
            }
            assertEquals(0, LinuxKernel.instance().sockets().close(zero));
        }
    }

    @Test
    void shouldStarveReceivesOfAGroupThatWasClosed() {
        try (OpenRing open = OpenRing.open();
                Loopback loopback = Loopback.connect(open)) {
            Buffers buffers = Buffers.register(open, 4, BYTES).publish(0, 1, 2, 3);
            buffers.close();
            loopback.peerSends(0, 10);
            buffers.receive(loopback.fd, 5);
            assertTrue(open.await(1).getFirst().failedWith(Errno.ENOBUFS));
        }
    }

    @Test
    void shouldTakeTheLargestGroupAndTheLargestRing() {
        try (OpenRing open = OpenRing.open()) {
            BufferRing ring = open.ring.bufferRing(0xFFFF, 32_768);
            assertEquals(0xFFFF, ring.group());
            ring.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 32_769, 65_536})
    void shouldRefuseANumberOfEntriesThatTheKernelRefuses(int entries) {
        try (OpenRing open = OpenRing.open()) {
            IllegalArgumentException refused =
                    assertThrows(
                            IllegalArgumentException.class, () -> open.ring.bufferRing(1, entries));
            assertTrue(String.valueOf(refused.getMessage()).endsWith(": " + entries));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void shouldRefuseAGroupThatTheSqeHasNoRoomFor(int group) {
        try (OpenRing open = OpenRing.open()) {
            assertThrows(IllegalArgumentException.class, () -> open.ring.bufferRing(group, 8));
        }
    }

    @Test
    void shouldRefuseAGroupThatIsTaken() {
        try (OpenRing open = OpenRing.open();
                Buffers buffers = Buffers.register(open, 4, BYTES).publish(0)) {
            RingUnavailable refused =
                    assertThrows(
                            RingUnavailable.class, () -> open.ring.bufferRing(Buffers.GROUP, 4));
            assertTrue(String.valueOf(refused.getMessage()).contains("EEXIST"));
            assertEquals(BYTES, buffers.bytes);
        }
    }

    private static int open(String path, OpenRing open) {
        try (Arena arena = Arena.ofConfined()) {
            open.ring.reserve().opcode(Opcode.OPENAT).fd(-100).addr(arena.allocateFrom(path));
            int fd = open.await(1).getFirst().result();
            assertTrue(fd >= 0, () -> "openat: " + Errno.name(fd));
            return fd;
        }
    }

    /** Ends the receive, so that the buffers may go: the kernel writes to them no more. */
    private static void endOf(Loopback loopback, OpenRing open) {
        try {
            loopback.peer.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertTrue(open.await(1).getLast().isTerminal());
    }

    private static List<Integer> results(List<Cqe> cqes) {
        return cqes.stream().map(Cqe::result).toList();
    }

    private static byte[] stream(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }
}
