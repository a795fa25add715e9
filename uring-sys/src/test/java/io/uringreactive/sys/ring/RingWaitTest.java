// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.libc.RingCalls;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two ways to tell the kernel how long to wait, and the wait for several CQEs. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingWaitTest {
    private static final RingConfig SMALL = new RingConfig(8, 16);

    private static void require(RingFeature feature) {
        Assumptions.assumeTrue(
                LinuxKernel.instance().features().has(feature),
                "missing kernel feature: %s (Linux %s)".formatted(feature, feature.sinceLinux()));
    }

    private static OpenRing open(boolean registered) {
        if (!registered) {
            return OpenRing.open(SMALL);
        }
        require(RingFeature.REGISTERED_WAIT);
        OpenRing open = OpenRing.open(SMALL.withRegisteredWait());
        assertEquals(List.of(), open.ring.concessions(), "the wait is registered");
        return open;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWaitAsLongAsToldAndNoLongerThanForACqe(boolean registered) {
        try (OpenRing open = open(registered)) {
            for (long millis : List.of(1L, 30L, 2L)) {
                long nanos = Duration.ofMillis(millis).toNanos();
                long start = System.nanoTime();
                open.ring.enter(nanos);
                assertTrue(System.nanoTime() - start >= nanos, millis + " ms asked");
                assertEquals(0, open.drain());
            }
            open.nop(1);
            open.ring.enter(Duration.ofHours(1).toNanos());
            assertEquals(1, open.drain());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldForgetTheTimeOfTheLastWaitWhenThereIsNone(boolean registered) {
        try (OpenRing open = open(registered)) {
            long nanos = Duration.ofMillis(1).toNanos();
            open.ring.enter(nanos);
            Thread waker =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        long end = System.nanoTime() + 50 * nanos;
                                        while (System.nanoTime() < end) {
                                            Thread.onSpinWait();
                                        }
                                        open.ring.wake();
                                    });
            open.ring.enter(Long.MAX_VALUE);
            assertEquals(1, open.drain(), "the wake-up ended the wait, and not the old time");
            join(waker);
        }
    }

    @Test
    void shouldUnmapThePageOfTheWait() {
        long before = ProcSelf.virtualKib();
        for (int i = 0; i < 2_000; i++) {
            open(true).close();
        }
        assertTrue(ProcSelf.virtualKib() - before < 300_000, "KiB more: 2000 * 4 and much else");
    }

    @Test
    void shouldBeRefusedOnARingThatIsEnabled() {
        require(RingFeature.REGISTERED_WAIT);
        try (OpenRing open = OpenRing.open(SMALL)) {
            WaitArgument.Attempt attempt =
                    WaitArgument.register(new RingCalls(), open.ring.descriptor());
            assertEquals(-Errno.EINVAL.number(), attempt.result());
            assertInstanceOf(WaitArgument.Copied.class, attempt.argument());
            String words = Concessions.ofRegisteredWait(attempt.result()).orElseThrow();
            assertTrue(words.contains("EINVAL (Linux 6.13 has it)"), words);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeContentWithOneCqeOnlyAfterTheLeastTime(boolean registered) {
        require(RingFeature.MIN_WAIT);
        Duration least = Duration.ofMillis(40);
        int micros = (int) (least.toNanos() / 1000);
        long hour = Duration.ofHours(1).toNanos();
        try (OpenRing open = open(registered)) {
            open.nop(1);
            long start = System.nanoTime();
            open.ring.enter(hour, 3, micros);
            assertTrue(System.nanoTime() - start >= least.toNanos(), "3 CQEs were wanted");
            assertEquals(1, open.drain());

            open.nop(2);
            open.nop(3);
            open.nop(4);
            int hours = 2_000_000_000;
            open.ring.enter(hour, 3, hours);
            assertEquals(3, open.drain(), "3 CQEs need no time");

            start = System.nanoTime();
            open.ring.enter(3 * least.toNanos(), 3, micros);
            assertTrue(System.nanoTime() - start >= 3 * least.toNanos(), "the time was over");
            assertEquals(0, open.drain());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
