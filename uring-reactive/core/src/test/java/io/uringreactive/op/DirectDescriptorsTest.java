// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.ring.FileTable;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectDescriptorsTest {
    private final Table table = new Table();
    private final DirectDescriptors descriptors = DirectDescriptors.of(table);

    @Test
    void shouldGiveEachItsOwnSlotUntilNoneIsLeft() {
        assertEquals(0, descriptors.claim(70));
        assertEquals(1, descriptors.claim(71));
        assertEquals(2, descriptors.claim(72));
        assertEquals(DirectDescriptors.NONE, descriptors.claim(73));
        assertEquals(Map.of(0, 70, 1, 71, 2, 72), table.files);
    }

    @Test
    void shouldGiveASlotAgainThatWasReleased() {
        descriptors.claim(70);
        descriptors.claim(71);
        descriptors.claim(72);
        descriptors.release(1);
        assertEquals(1, descriptors.claim(73));
        assertEquals(DirectDescriptors.NONE, descriptors.claim(74));
    }

    @Test
    void shouldKeepTheSlotOfAClaimThatTheKernelRefused() {
        table.refuses = true;
        assertEquals(DirectDescriptors.NONE, descriptors.claim(70));
        table.refuses = false;
        assertEquals(0, descriptors.claim(71));
        assertTrue(table.files.containsValue(71));
    }

    @Test
    void shouldGiveNoneWithoutATable() {
        assertEquals(DirectDescriptors.NONE, DirectDescriptors.none().claim(70));
    }

    private static final class Table implements FileTable {
        private final Map<Integer, Integer> files = new HashMap<>();
        private boolean refuses;

        @Override
        public int slots() {
            return 3;
        }

        @Override
        public int set(int slot, int fd) {
            if (refuses) {
                return -Errno.ENOMEM.number();
            }
            files.put(slot, fd);
            return 0;
        }

        @Override
        public int clear(int slot) {
            throw new UnsupportedOperationException("slots are emptied by the ring");
        }

        @Override
        public int allocationRange(int first, int count) {
            throw new UnsupportedOperationException("slots are picked here");
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException("goes with the ring");
        }
    }
}
