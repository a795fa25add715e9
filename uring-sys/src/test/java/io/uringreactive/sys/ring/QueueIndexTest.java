// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.sys.abi.Layouts.CqOffsets;
import io.uringreactive.sys.abi.Layouts.SqOffsets;
import io.uringreactive.sys.abi.Sqe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indices of 32 bits overflow after four thousand million entries: a kernel is too slow for it. */
class QueueIndexTest {
    private final MemorySegment ring = Arena.ofAuto().allocate(64, 8);
    private final MemorySegment offsets = Arena.ofAuto().allocate(40, 8);

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, false",
        "0, 5, 5, false",
        "-1, -1, 0, false",
        "-3, -1, 2, false",
        "2147483646, -2147483648, 2, false",
        "-2, 3, 5, true",
        "-1, 0, 1, true"
    })
    void shouldCountAcrossTheOverflowAndTellIt(int head, int tail, int entries, boolean wraps) {
        offsets.set(JAVA_INT, CqOffsets.HEAD, 0);
        offsets.set(JAVA_INT, CqOffsets.TAIL, 4);
        offsets.set(JAVA_INT, CqOffsets.RING_MASK, 8);
        ring.set(JAVA_INT, 0, head);
        ring.set(JAVA_INT, 4, tail);
        ring.set(JAVA_INT, 8, 15);
        CompletionQueue completions = new CompletionQueue(ring, offsets);
        assertEquals(entries, completions.ready());
        assertEquals(wraps, completions.wraps());

        offsets.set(JAVA_INT, SqOffsets.HEAD, 0);
        offsets.set(JAVA_INT, SqOffsets.TAIL, 4);
        MemorySegment sqes = Arena.ofAuto().allocate(8L * Sqe.SIZE, 8);
        SubmissionQueue submissions = new SubmissionQueue(ring, sqes, offsets, 8);
        assertEquals(entries, submissions.unconsumed());
        assertEquals(wraps, submissions.wraps());
    }
}
