// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one operation: nothing until something is asked of it, then an arena of the ring's
 * thread, closed by that thread after the terminal CQE.
 */
final class OperationMemory implements SegmentAllocator {
    private @Nullable Arena arena;

    @Override
    public MemorySegment allocate(long bytes, long alignment) {
        if (arena == null) {
            arena = Arena.ofConfined();
        }
        return arena.allocate(bytes, alignment);
    }

    void close() {
        if (arena != null) {
            arena.close();
            arena = null;
        }
    }
}
