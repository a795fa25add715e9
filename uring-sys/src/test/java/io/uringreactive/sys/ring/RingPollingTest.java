// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rings whose SQEs a thread of the kernel's takes (SQPOLL). */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingPollingTest {
    /** What the kernel calls the thread. */
    private static final String POLLER = "iou-sqp";

    private static final int MINUTE = 60_000;

    private static RingConfig polled(int submission, int completion, int idleMillis) {
        return new RingConfig(submission, completion)
                .withPolling(new SubmissionPolling(idleMillis));
    }

    private static OpenRing open(int idleMillis) {
        return OpenRing.open(polled(32, 64, idleMillis));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MINUTE})
    void shouldReturnEveryUserDataInOrder(int idleMillis) {
        try (OpenRing open = open(idleMillis)) {
            for (long round = 0; round < 1_000; round++) {
                List<Long> sent = LongStream.range(10 * round, 10 * round + 10).boxed().toList();
                sent.forEach(open::nop);
                assertEquals(sent, open.await(10).stream().map(Cqe::userData).toList());
            }
            assertEquals(10_000 + 1, open.ring.counters().submitted(), "and the wake-up's poll");
        }
    }

    @Test
    void shouldNotEnterWhileTheThreadIsAwake() {
        try (OpenRing open = open(MINUTE)) {
            open.nop(-5);
            open.await(1);
            long before = open.ring.counters().enters();
            for (int round = 0; round < 100; round++) {
                open.nop(round);
                assertEquals(1, open.ring.unsubmitted());
                open.ring.enter(0);
                assertEquals(0, open.ring.unsubmitted());
                spinUntilCompleted(open);
                assertEquals(1, open.drain());
            }
            assertEquals(before, open.ring.counters().enters());
        }
    }

    private static void spinUntilCompleted(OpenRing open) {
        long end = System.nanoTime() + OpenRing.PATIENCE.toNanos();
        while (open.ring.completions() == 0) {
            assertTrue(System.nanoTime() < end, "no CQE came");
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldWakeTheThreadThatHasFallenAsleep() {
        long idle = Duration.ofMillis(1).toNanos();
        try (OpenRing open = open(1)) {
            for (int round = 0; round < 200; round++) {
                open.nop(round);
                assertEquals(round, open.await(1).getFirst().userData());
                // About when it falls asleep: before, while and after.
                open.ring.enter(idle / 2 + round * idle / 100);
                assertEquals(0, open.drain());
            }
        }
    }

    @Test
    void shouldWaitForRoomInAFullQueue() {
        try (OpenRing open = OpenRing.open(polled(8, 4096, 1))) {
            LongStream.range(0, 2_000).forEach(open::nop);
            List<Long> seen = open.await(2_000).stream().map(Cqe::userData).toList();
            assertEquals(LongStream.range(0, 2_000).boxed().toList(), seen);
        }
    }

    @Test
    void shouldLoseNothingWhenTheCompletionQueueOverflows() {
        int count = 500;
        try (OpenRing open = OpenRing.open(polled(8, 16, MINUTE))) {
            LongStream.range(0, count).forEach(open::nop);
            Set<Long> seen = new HashSet<>();
            while (seen.size() < count) {
                open.await(1).forEach(cqe -> assertTrue(seen.add(cqe.userData()), "twice"));
            }
            assertEquals(List.of(), open.poll());
            assertFalse(open.ring.entryWanted(), "the kernel keeps nothing any more");
            assertTrue(open.ring.counters().overflows() > 0, "the overflow was counted");
        }
    }

    @Test
    void shouldBeWokenByAnotherThread() throws InterruptedException {
        try (OpenRing open = open(1)) {
            for (int round = 0; round < 100; round++) {
                Thread waker = Thread.ofPlatform().start(open.ring::wake);
                open.ring.enter(Long.MAX_VALUE);
                assertEquals(1, open.drain());
                waker.join();
            }
        }
    }

    @Test
    void shouldShareOneThreadAndEndItWithTheLast() {
        awaitPollers(0);
        OpenRing first = open(MINUTE);
        SubmissionPolling polling = new SubmissionPolling(1).sharedWith(first.ring);
        OpenRing second = OpenRing.open(new RingConfig(8, 16).withPolling(polling));
        OpenRing third = OpenRing.open(new RingConfig(8, 16).withPolling(polling));
        try (third) {
            try (first;
                    second) {
                for (OpenRing open : List.of(third, first, second)) {
                    open.nop(7);
                    assertEquals(7, open.await(1).getFirst().userData());
                }
                awaitPollers(1);
            }
            third.nop(8);
            assertEquals(8, third.await(1).getFirst().userData(), "though the first has closed");
            awaitPollers(1);
        }
        awaitPollers(0);
    }

    @Test
    void shouldHaveAThreadEachUnlessTheyShare() {
        awaitPollers(0);
        try (OpenRing first = open(MINUTE);
                OpenRing second = open(MINUTE)) {
            first.nop(1);
            second.nop(2);
            assertEquals(1, first.await(1).getFirst().userData());
            assertEquals(2, second.await(1).getFirst().userData());
            awaitPollers(2);
        }
        awaitPollers(0);
    }

    /** They begin and end in their own time. */
    private static void awaitPollers(int count) {
        long end = System.nanoTime() + OpenRing.PATIENCE.toNanos();
        while (ProcSelf.threads(POLLER) != count) {
            assertTrue(System.nanoTime() < end, count + ", not " + ProcSelf.threads(POLLER));
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldNotShareTheThreadOfARingThatHasNone() {
        try (OpenRing plain = OpenRing.open()) {
            SubmissionPolling polling = new SubmissionPolling(1).sharedWith(plain.ring);
            RingConfig config = new RingConfig(8, 16).withPolling(polling);
            RingUnavailable refused =
                    assertThrows(RingUnavailable.class, () -> OpenRing.open(config));
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("EINVAL"), message);
        }
    }

    @Test
    void shouldNotBeResized() {
        RingConfig config = polled(8, 16, 1).withResizeOn(System.getProperty("os.version"));
        try (OpenRing open = OpenRing.open(config)) {
            assertEquals(-Errno.EOPNOTSUPP.number(), open.ring.resize(16, 32));
        }
    }

    @Test
    void shouldBeHeldToItsRestrictions() {
        RingRestrictions toPoll =
                RingRestrictions.to(
                        RingRestrictionsTest.bits(Opcode.POLL_ADD),
                        0,
                        RingRestrictionsTest.bits(RingRestrictionsTest.OWN));
        RingConfig config = polled(8, 16, 1);
        try (OpenRing open = OpenRing.of(LinuxKernel.instance().openRing(config, toPoll))) {
            open.nop(1);
            assertEquals("EACCES", Errno.name(open.await(1).getFirst().result()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, -1, idleMillis must be at least 1: 0",
        "-3, -1, idleMillis must be at least 1: -3",
        "1, -2, sharedWith is no descriptor: -2"
    })
    void shouldRefuseWhatMeansNothing(int idleMillis, int sharedWith, String message) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new SubmissionPolling(idleMillis, sharedWith));
        assertEquals(message, refused.getMessage());
    }
}
