// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.uringreactive.sys.abi.Layouts.CqOffsets;
import io.uringreactive.sys.abi.Layouts.Cqe;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Consumer side of the completion queue. Confined to the ring's thread; the kernel is the only
 * other writer. CQEs are delivered in ring order; one drain delivers at most the tail seen on
 * entry.
 */
final class CompletionQueue {
    private static final VarHandle INT = JAVA_INT.varHandle();

    private final MemorySegment ring;
    private final long headOffset;
    private final long tailOffset;
    private final long cqesOffset;
    private final int mask;

    CompletionQueue(MemorySegment ring, MemorySegment offsets) {
        this.ring = ring;
        this.headOffset = offsets.get(JAVA_INT, CqOffsets.HEAD);
        this.tailOffset = offsets.get(JAVA_INT, CqOffsets.TAIL);
        this.cqesOffset = offsets.get(JAVA_INT, CqOffsets.CQES);
        this.mask = ring.get(JAVA_INT, offsets.get(JAVA_INT, CqOffsets.RING_MASK));
    }

    int ready() {
        // Acquire pairs with the kernel's release after it wrote the CQE.
        return (int) INT.getAcquire(ring, tailOffset) - ring.get(JAVA_INT, headOffset);
    }

    /**
     * Whether the CQEs that wait stand across the overflow of the 32-bit index. A kernel that
     * resizes the ring copies from head to tail by comparing the two, and would lose them.
     */
    boolean wraps() {
        int head = ring.get(JAVA_INT, headOffset);
        return Integer.compareUnsigned(head, (int) INT.getAcquire(ring, tailOffset)) > 0;
    }

    int drain(CompletionHandler handler, int limit) {
        int count = Math.min(ready(), limit);
        int head = ring.get(JAVA_INT, headOffset);
        for (int i = 0; i < count; i++) {
            long cqe = cqesOffset + (long) (head & mask) * Cqe.SIZE;
            long userData = ring.get(JAVA_LONG, cqe + Cqe.USER_DATA);
            int result = ring.get(JAVA_INT, cqe + Cqe.RES);
            int flags = ring.get(JAVA_INT, cqe + Cqe.FLAGS);
            head++;
            // The fields are copied: the slot goes back before the handler runs, so that a handler
            // that submits leaves the kernel room, and one that throws has its CQE consumed.
            // Release pairs with the kernel's acquire of the head when it looks for space.
            INT.setRelease(ring, headOffset, head);
            handler.onCompletion(userData, result, flags);
        }
        return count;
    }
}
