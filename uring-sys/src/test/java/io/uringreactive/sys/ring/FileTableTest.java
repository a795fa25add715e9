// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.RegisterFlags;
import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.libc.Calls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Direct descriptors: a table of them, and everything that can be done to it in the wrong way. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileTableTest {
    private static final RingConfig SMALL = new RingConfig(8, 16);

    private final MemorySegment eight = Arena.ofAuto().allocate(8, 8);

    @Test
    void shouldServeAnOperationByItsSlotAlsoAfterTheDescriptorWasClosed() {
        try (OpenRing open = OpenRing.open()) {
            FileTable table = open.ring.fileTable(4);
            assertEquals(4, table.slots());
            int eventfd = Calls.eventfd(SocketNumbers.EFD_CLOEXEC);
            assertEquals(0, table.set(2, eventfd));
            assertEquals(0, Calls.eventfdWrite(eventfd));
            assertEquals(0, Calls.close(eventfd));
            assertEquals(8, readSlot(open, 2), "the counter, of 8 bytes");
            assertEquals(-Errno.EBADF.number(), readSlot(open, 1), "an empty slot");
            assertEquals(0, table.clear(2));
            assertEquals(-Errno.EBADF.number(), readSlot(open, 2), "a slot that was cleared");
            table.close();
        }
    }

    @Test
    void shouldCloseTheFileOfASlotThatIsCleared() throws Exception {
        try (OpenRing open = OpenRing.open();
                Loopback loopback = Loopback.connect(open)) {
            FileTable table = open.ring.fileTable(1);
            assertEquals(0, table.set(0, loopback.fd));
            loopback.closeDescriptor();
            assertEquals(0, table.clear(0));
            open.poll();
            assertEquals(-1, loopback.peer.getInputStream().read(), "the peer sees the end");
        }
    }

    @Test
    void shouldAllocateWithinTheRangeUntilItIsFull() {
        try (OpenRing open = OpenRing.open()) {
            FileTable table = open.ring.fileTable(16);
            assertEquals(0, table.allocationRange(8, 3));
            Set<Integer> slots = new TreeSet<>();
            for (int i = 0; i < 3; i++) {
                slots.add(socketIntoTable(open));
            }
            assertEquals(Set.of(8, 9, 10), slots);
            assertEquals(-Errno.ENFILE.number(), socketIntoTable(open), "the range is full");
            assertEquals(0, table.clear(9));
            assertEquals(9, socketIntoTable(open));
            assertEquals(-Errno.EINVAL.number(), table.allocationRange(8, 9));
            assertEquals(-Errno.EOVERFLOW.number(), table.allocationRange(8, -1));
        }
    }

    @Test
    void shouldAnswerWrongSlotsAndDescriptorsWithAnError() {
        try (OpenRing open = OpenRing.open()) {
            FileTable table = open.ring.fileTable(4);
            assertEquals(-Errno.EINVAL.number(), table.set(4, open.ring.descriptor()));
            assertTrue(table.set(-1, 0) < 0, "no slot before the first");
            assertEquals(-Errno.EBADF.number(), table.set(0, Integer.MAX_VALUE));
            // A ring in its own table could never be taken apart.
            assertEquals(-Errno.EBADF.number(), table.set(0, open.ring.descriptor()));
        }
    }

    @Test
    void shouldRefuseATableLargerThanTheFileLimitWithTheLimit() {
        long limit = Calls.softLimit(Calls.RLIMIT_NOFILE);
        int slots = limit < 0 || limit >= 1 << 20 ? (1 << 20) + 1 : (int) limit + 1;
        try (OpenRing open = OpenRing.open()) {
            RingUnavailable refused =
                    assertThrows(RingUnavailable.class, () -> open.ring.fileTable(slots));
            assertEquals(RingUnavailable.Reason.FILE_LIMIT, refused.reason());
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("a table of " + slots + " files"), message);
            assertTrue(message.contains("RLIMIT_NOFILE allows " + limit), message);
            assertEquals(slots - 1, open.ring.fileTable(slots - 1).slots());
        }
    }

    @Test
    void shouldBeOneAndClosedOnce() {
        try (OpenRing open = OpenRing.open()) {
            FileTable table = open.ring.fileTable(1);
            assertRefused("already", () -> open.ring.fileTable(1));
            table.close();
            assertRefused("no such table", table::close);
            assertEquals(-Errno.ENXIO.number(), table.set(0, 0), "a table that is gone");
            open.ring.fileTable(2).close();
            assertThrows(IllegalArgumentException.class, () -> open.ring.fileTable(0));
        }
    }

    @Test
    void shouldBelongToTheRingsThread() {
        try (OpenRing open = OpenRing.open()) {
            FileTable table = open.ring.fileTable(1);
            List<Runnable> calls =
                    List.of(
                            () -> open.ring.fileTable(1),
                            () -> table.set(0, 0),
                            () -> table.clear(0),
                            () -> table.allocationRange(0, 1),
                            table::close);
            for (Runnable call : calls) {
                Stranger.call(() -> assertRefused("belongs to", call));
            }
            table.close();
        }
    }

    @Test
    void shouldWantAnOpenRing() {
        Ring ring = LinuxKernel.instance().openRing(SMALL);
        assertRefused("DISABLED", () -> ring.fileTable(1));
        ring.enable();
        FileTable table = ring.fileTable(1);
        ring.close();
        assertRefused("CLOSED", () -> table.set(0, 0));
        assertRefused("CLOSED", table::close);
    }

    @Test
    void shouldSayThatTheRingsRestrictionsForbidIt() {
        BitSet registrations = new BitSet();
        registrations.set(RegisterOps.IOWQ_MAX_WORKERS);
        registrations.set(RegisterOps.RING_FDS);
        registrations.set(RegisterOps.UNREGISTER_RING_FDS);
        BitSet opcodes = new BitSet();
        opcodes.set(Opcode.POLL_ADD);
        RingRestrictions few = RingRestrictions.to(opcodes, 0, registrations);
        RingConfig config = SMALL.withResizeOn(SystemFacts.read().kernelRelease());
        try (OpenRing open = OpenRing.of(LinuxKernel.instance().openRing(config, few))) {
            assertRefused("restrictions", () -> open.ring.fileTable(1));
            assertRefused("restrictions", () -> open.ring.bufferTable(1));
            boolean resizes = open.ring.features().has(RingFeature.RESIZE);
            Errno expected = resizes ? Errno.EACCES : Errno.EOPNOTSUPP;
            assertEquals(-expected.number(), open.ring.resize(16, 32));
        }
    }

    private int readSlot(OpenRing open, int slot) {
        open.ring
                .reserve()
                .opcode(Opcode.READ)
                .flags(SqeFlags.FIXED_FILE)
                .fd(slot)
                .addr(eight)
                .len(8)
                .userData(1);
        return open.await(1).getFirst().result();
    }

    private static int socketIntoTable(OpenRing open) {
        open.ring
                .reserve()
                .opcode(Opcode.SOCKET)
                .fd(SocketNumbers.AF_INET)
                .off(SocketNumbers.SOCK_STREAM)
                .fileIndex(RegisterFlags.FILE_INDEX_ALLOC)
                .userData(2);
        return open.await(1).getFirst().result();
    }

    private static boolean assertRefused(String why, Runnable call) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, call::run);
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(why), message);
        return true;
    }
}
