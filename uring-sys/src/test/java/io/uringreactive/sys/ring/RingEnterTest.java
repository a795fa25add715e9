// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long an enter waits, and what a completion queue that is too small does. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingEnterTest {
    @Test
    void shouldReturnWithoutACqeWhenTheTimeIsOver() {
        try (OpenRing open = OpenRing.open()) {
            for (long millis : List.of(1L, 5L, 30L)) {
                long nanos = Duration.ofMillis(millis).toNanos();
                long start = System.nanoTime();
                open.ring.enter(nanos);
                long waited = System.nanoTime() - start;
                assertTrue(waited >= nanos, millis + " ms asked, ns waited: " + waited);
                assertTrue(waited < OpenRing.PATIENCE.toNanos(), "ns waited: " + waited);
                assertEquals(0, open.drain());
            }
        }
    }

    @Test
    void shouldWaitForSecondsAndTheirFraction() {
        long nanos = Duration.ofMillis(1050).toNanos();
        long least = Long.MAX_VALUE;
        try (OpenRing open = OpenRing.open()) {
            // One round, unless this machine was busy: no noise makes three of them too long.
            for (int round = 0; round < 3 && least > 2 * nanos - 200_000_000; round++) {
                long start = System.nanoTime();
                open.ring.enter(nanos);
                least = Math.min(least, System.nanoTime() - start);
                assertTrue(least >= nanos, "ns waited: " + least);
            }
            assertTrue(least < 2 * nanos - 200_000_000, "ns waited: " + least);
        }
    }

    @Test
    void shouldReturnAtOnceWithACqe() {
        try (OpenRing open = OpenRing.open()) {
            long start = System.nanoTime();
            open.nop(7);
            open.ring.enter(Duration.ofHours(1).toNanos());
            assertTrue(System.nanoTime() - start < OpenRing.PATIENCE.toNanos());
            assertEquals(1, open.drain());
        }
    }

    @Test
    void shouldNotWaitForACqeThatIsThereAlready() {
        try (OpenRing open = OpenRing.open()) {
            open.nop(7);
            open.ring.enter(0);
            open.ring.enter(Long.MAX_VALUE);
            assertEquals(1, open.drain());
        }
    }

    @Test
    void shouldNotWaitAtAllForATimeoutOfZero() {
        try (OpenRing open = OpenRing.open()) {
            long start = System.nanoTime();
            assertEquals(List.of(), open.poll());
            assertTrue(System.nanoTime() - start < OpenRing.PATIENCE.toNanos());
        }
    }

    @Test
    void shouldLoseNothingWhenTheCompletionQueueOverflows() {
        int count = 500;
        try (OpenRing open = OpenRing.open(8, 16)) {
            LongStream.range(0, count).forEach(open::nop);
            open.ring.enter(0);
            assertEquals(16, open.ring.completions(), "the queue is full");
            assertTrue(open.ring.entryWanted(), "the kernel keeps the others until an enter");

            Set<Long> seen = new HashSet<>();
            int drained = 0;
            while (drained < count) {
                List<Cqe> cqes = open.await(1);
                drained += cqes.size();
                cqes.forEach(cqe -> seen.add(cqe.userData()));
            }
            assertEquals(count, drained, "none came twice");
            assertEquals(count, seen.size());
            assertEquals(List.of(), open.poll());
            assertFalse(open.ring.entryWanted(), "the kernel keeps nothing any more");
            assertTrue(open.ring.counters().overflows() > 0, "the overflow was counted");
        }
    }

    @Test
    void shouldKeepTheOrderOfCqesThatOverflowed() {
        try (OpenRing open = OpenRing.open(8, 16)) {
            LongStream.range(0, 64).forEach(open::nop);
            List<Long> seen = open.await(64).stream().map(Cqe::userData).toList();
            assertEquals(LongStream.range(0, 64).boxed().toList(), seen);
        }
    }

    @Test
    void shouldCountNoOverflowWhereThereIsNone() {
        try (OpenRing open = OpenRing.open(8, 16)) {
            for (int round = 0; round < 100; round++) {
                LongStream.range(0, 7).forEach(open::nop);
                open.await(7);
            }
            assertEquals(0, open.ring.counters().overflows());
        }
    }
}
