// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.libc.Calls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registered buffers; that they are charged to RLIMIT_MEMLOCK is in {@link ConfinementTest}. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BufferTableTest {
    /** The kernel's limit (IORING_MAX_REG_BUFFERS). */
    private static final int SLOTS_MAX = 1 << 14;

    private final MemorySegment memory = Arena.ofAuto().allocate(4096, 4096);
    private final int eventfd = Calls.eventfd(SocketNumbers.EFD_CLOEXEC);

    @AfterEach
    void close() {
        assertEquals(0, Calls.close(eventfd));
    }

    @Test
    void shouldWriteFromAndReadIntoABuffer() {
        try (OpenRing open = OpenRing.open()) {
            BufferTable table = open.ring.bufferTable(4);
            assertEquals(4, table.slots());
            assertEquals(0, table.set(3, memory));
            memory.set(JAVA_LONG, 16, 5);
            assertEquals(8, fixed(open, Opcode.WRITE_FIXED, 3, 16));
            assertEquals(8, fixed(open, Opcode.READ_FIXED, 3, 64));
            assertEquals(5, memory.get(JAVA_LONG, 64), "what was written to the counter");
            table.close();
        }
    }

    @Test
    void shouldRefuseOperationsOnEmptyAndClearedSlotsAndBeyondTheBuffer() {
        try (OpenRing open = OpenRing.open()) {
            BufferTable table = open.ring.bufferTable(2);
            assertEquals(-Errno.EFAULT.number(), fixed(open, Opcode.WRITE_FIXED, 0, 0));
            assertEquals(0, table.set(0, memory));
            assertEquals(-Errno.EFAULT.number(), fixed(open, Opcode.WRITE_FIXED, 0, 4092));
            memory.set(JAVA_LONG, 0, 1);
            assertEquals(8, fixed(open, Opcode.WRITE_FIXED, 0, 0));
            assertEquals(0, table.clear(0));
            assertEquals(-Errno.EFAULT.number(), fixed(open, Opcode.WRITE_FIXED, 0, 0));
        }
    }

    @Test
    void shouldAnswerWrongSlotsAndMemoryWithAnError() {
        try (OpenRing open = OpenRing.open()) {
            BufferTable table = open.ring.bufferTable(2);
            assertEquals(-Errno.EINVAL.number(), table.set(2, memory));
            assertTrue(table.set(-1, memory) < 0, "no slot before the first");
            MemorySegment unmapped = MemorySegment.ofAddress(4096);
            assertEquals(0, unmapped.byteSize());
            assertEquals(-Errno.EFAULT.number(), table.set(0, unmapped));
            MemorySegment heap = MemorySegment.ofArray(new byte[8]);
            assertThrows(IllegalArgumentException.class, () -> table.set(0, heap));
        }
    }

    @Test
    void shouldBeOneAndClosedOnceAndNoLargerThanTheKernelAllows() {
        try (OpenRing open = OpenRing.open()) {
            assertThrows(IllegalArgumentException.class, () -> open.ring.bufferTable(0));
            assertThrows(
                    IllegalArgumentException.class, () -> open.ring.bufferTable(SLOTS_MAX + 1));
            BufferTable table = open.ring.bufferTable(SLOTS_MAX);
            assertThrows(IllegalStateException.class, () -> open.ring.bufferTable(1));
            table.close();
            assertThrows(IllegalStateException.class, table::close);
            assertEquals(-Errno.ENXIO.number(), table.set(0, memory));
        }
    }

    @Test
    void shouldBelongToTheRingsThread() {
        try (OpenRing open = OpenRing.open()) {
            BufferTable table = open.ring.bufferTable(1);
            List<Runnable> calls =
                    List.of(
                            () -> open.ring.bufferTable(1),
                            () -> table.set(0, memory),
                            () -> table.clear(0),
                            table::close);
            for (Runnable call : calls) {
                Stranger.call(() -> assertThrows(IllegalStateException.class, call::run));
            }
            table.close();
        }
    }

    private int fixed(OpenRing open, int opcode, int slot, long offset) {
        open.ring
                .reserve()
                .opcode(opcode)
                .fd(eventfd)
                .addr(memory.address() + offset)
                .len(8)
                .bufGroup(slot)
                .userData(1);
        return open.await(1).getFirst().result();
    }
}
