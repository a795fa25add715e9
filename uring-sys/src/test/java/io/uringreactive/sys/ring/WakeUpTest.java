// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Opcode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait without end is ended by another thread: here a lost wake-up is a test that hangs. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WakeUpTest {
    @Test
    void shouldEndAWaitFromAnotherThread() throws Exception {
        int rounds = 5_000;
        Semaphore about = new Semaphore(0);
        try (OpenRing open = OpenRing.open()) {
            Thread waker =
                    Thread.ofPlatform()
                            .daemon()
                            .start(
                                    () -> {
                                        for (int round = 0; round < rounds; round++) {
                                            about.acquireUninterruptibly();
                                            open.ring.wake();
                                        }
                                    });
            for (int round = 0; round < rounds; round++) {
                // From here on the wake comes at any time: before, in and after the system call.
                about.release();
                open.ring.enter(Long.MAX_VALUE);
                assertTrue(open.drain() > 0, "a wake-up is a CQE, and drained like one");
            }
            waker.join();
            assertEquals(0, open.drained.size(), "no handler sees the wake-up's CQE");
        }
    }

    @Test
    void shouldNotLoseAWakeBeforeTheFirstEnter() {
        try (OpenRing open = OpenRing.open()) {
            open.ring.wake();
            open.ring.enter(Long.MAX_VALUE);
            assertEquals(1, open.drain());
        }
    }

    @Test
    void shouldNotLoseAWakeBetweenTwoEnters() {
        try (OpenRing open = OpenRing.open()) {
            for (int round = 0; round < 100; round++) {
                open.poll();
                open.ring.wake();
                open.ring.enter(Long.MAX_VALUE);
                assertTrue(open.drain() > 0);
            }
        }
    }

    @Test
    void shouldNotLoseAWakeBeforeTheRingIsEnabled() {
        Ring ring = LinuxKernel.instance().openRing(new RingConfig(8, 16));
        ring.wake();
        try (OpenRing open = OpenRing.of(ring)) {
            open.ring.enter(Long.MAX_VALUE);
            assertEquals(1, open.drain());
        }
    }

    @Test
    void shouldWaitAgainAfterAWake() {
        try (OpenRing open = OpenRing.open()) {
            open.ring.wake();
            open.ring.enter(Long.MAX_VALUE);
            open.drain();
            // The eventfd is never read: its counter must not wake the ring for ever.
            open.ring.enter(2_000_000);
            assertEquals(0, open.drain());
        }
    }

    @Test
    void shouldBeWokenWhenTheFirstEnterFindsTheSubmissionQueueFull() {
        try (OpenRing open = OpenRing.open(8, 16)) {
            for (int i = 0; i < 8; i++) {
                pollForEver(open, i);
            }
            assertEquals(8, open.ring.unsubmitted(), "no room for the poll that wakes the ring");
            open.ring.wake();
            open.ring.enter(Long.MAX_VALUE);
            assertEquals(1, open.drain());
            assertEquals(0, open.drained.size());
        }
    }

    /** An operation that never completes: a poll of a descriptor that never becomes readable. */
    private static void pollForEver(OpenRing open, long userData) {
        open.ring.reserve().opcode(Opcode.TIMEOUT).addr(HOUR).len(1).userData(userData);
    }

    private static final MemorySegment HOUR = hour();

    private static MemorySegment hour() {
        var timespec = Arena.global().allocate(16, 8);
        timespec.set(ValueLayout.JAVA_LONG, 0, 3600);
        return timespec;
    }

    @Test
    void shouldBeWokenAfterAnOverflowHasEndedThePoll() {
        try (OpenRing open = OpenRing.open(8, 16)) {
            open.poll();
            LongStream.range(0, 40).forEach(open::nop);
            open.ring.enter(0);
            assertEquals(16, open.ring.completions(), "the queue is full");
            // The kernel ends a multishot that finds no room; the ring must notice and arm it
            // again.
            open.ring.wake();
            open.ring.enter(0);
            open.await(40);
            open.poll();
            for (int round = 0; round < 3; round++) {
                open.ring.wake();
                open.ring.enter(Long.MAX_VALUE);
                assertTrue(open.drain() > 0);
            }
        }
    }

    @Test
    void shouldIgnoreAWakeAfterClose() {
        OpenRing open = OpenRing.open();
        open.poll();
        open.close();
        open.ring.wake();
        // The next eventfd gets the number that the closed one had: a stray write would show here.
        try (OpenRing next = OpenRing.open()) {
            next.poll();
            open.ring.wake();
            assertEquals(0, next.poll().size());
            assertEquals(0, next.ring.completions());
            assertFalse(next.ring.entryWanted());
        }
    }
}
