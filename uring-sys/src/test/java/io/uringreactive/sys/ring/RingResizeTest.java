// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ring gets another size under way: what was in its queues is still there. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingResizeTest {
    private static final RingConfig SMALL = new RingConfig(8, 16);
    private static final int REFUSED = -Errno.EOPNOTSUPP.number();

    private static OpenRing resizable() {
        Assumptions.assumeTrue(
                LinuxKernel.instance().features().has(RingFeature.RESIZE),
                "missing kernel feature: resize (Linux 6.13)");
        return OpenRing.open(SMALL.withResizeOn(SystemFacts.read().kernelRelease()));
    }

    @Test
    void shouldOnlyBeDoneOnKernelsThatTheConfigurationNames() {
        for (RingConfig config : List.of(SMALL, SMALL.withResizeOn("5.4", "6.1000"))) {
            try (OpenRing open = OpenRing.open(config)) {
                assertEquals(REFUSED, open.ring.resize(64, 128));
                assertEquals(8, open.ring.submissionEntries());
                open.nop(1);
                assertEquals(List.of(new Cqe(1, 0, 0)), open.await(1));
            }
        }
    }

    @Test
    void shouldLoseNoCqeThatWaitsOrHasOverflowed() {
        int count = 100;
        try (OpenRing open = resizable()) {
            LongStream.range(0, count).forEach(open::nop);
            open.ring.enter(0);
            assertEquals(16, open.ring.completions(), "the queue is full");
            assertTrue(open.ring.entryWanted(), "the kernel keeps the others");
            assertEquals(0, open.ring.resize(32, 256));
            assertEquals(32, open.ring.submissionEntries());
            assertEquals(LongStream.range(0, count).boxed().toList(), ids(open.await(count)));
            assertEquals(List.of(), open.poll());
        }
    }

    @Test
    void shouldHaveTheRoomThatItWasGiven() {
        try (OpenRing open = resizable()) {
            assertEquals(0, open.ring.resize(64, 128));
            for (int i = 0; i < 64; i++) {
                open.nop(i);
            }
            assertEquals(64, open.ring.unsubmitted(), "none was submitted to make room");
            open.ring.enter(0);
            LongStream.range(64, 120).forEach(open::nop);
            open.ring.enter(0);
            assertEquals(120, open.await(120).size());
            assertEquals(0, open.ring.counters().overflows());
        }
    }

    @Test
    void shouldSubmitWhatWasReserved() {
        try (OpenRing open = resizable()) {
            LongStream.range(0, 5).forEach(open::nop);
            assertEquals(0, open.ring.resize(16, 64));
            assertEquals(0, open.ring.unsubmitted());
            assertEquals(LongStream.range(0, 5).boxed().toList(), ids(open.await(5)));
        }
    }

    @Test
    void shouldStayAsItWasWhenTheCqesDoNotFit() {
        try (OpenRing open = resizable()) {
            assertEquals(0, open.ring.resize(32, 128));
            LongStream.range(0, 100).forEach(open::nop);
            open.ring.enter(0);
            assertEquals(-Errno.EOVERFLOW.number(), open.ring.resize(8, 16));
            assertEquals(32, open.ring.submissionEntries());
            assertEquals(LongStream.range(0, 100).boxed().toList(), ids(open.await(100)));
            assertEquals(0, open.ring.resize(8, 16), "now they do");
        }
    }

    @Test
    void shouldKeepTheWakeUpThroughManySizes() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (OpenRing open = resizable()) {
            Thread waker =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        while (!over.get()) {
                                            open.ring.wake();
                                        }
                                    });
            try {
                for (int round = 0; round < 300; round++) {
                    open.nop(round);
                    assertEquals(0, open.ring.resize(8 << (round % 4), 128 << (round % 5)));
                    open.ring.enter(Long.MAX_VALUE);
                    open.drain();
                }
                assertEquals(LongStream.range(0, 300).boxed().toList(), ids(open.drained));
            } finally {
                over.set(true);
                waker.join();
            }
            assertTrue(open.ring.counters().submitted() > 300, "counters go on");
        }
    }

    @Test
    void shouldUnmapWhatItLeaves() {
        long before = ProcSelf.ringMappings();
        try (OpenRing open = resizable()) {
            for (int round = 0; round < 20; round++) {
                assertEquals(0, open.ring.resize(8 << (round % 3), 1024));
                assertEquals(before + 2, ProcSelf.ringMappings());
            }
        }
        assertEquals(before, ProcSelf.ringMappings());
    }

    @Test
    void shouldRefuseStrangersHandlersAndSizesThatAreNone() {
        try (OpenRing open = resizable()) {
            Stranger.call(
                    () ->
                            assertThrows(
                                    IllegalStateException.class, () -> open.ring.resize(16, 32)));
            assertThrows(IllegalArgumentException.class, () -> open.ring.resize(12, 32));
            assertThrows(IllegalArgumentException.class, () -> open.ring.resize(16, 16));
            open.nop(1);
            open.ring.enter(Long.MAX_VALUE);
            assertThrows(
                    IllegalStateException.class,
                    () -> open.ring.drain((id, result, flags) -> open.ring.resize(16, 32), 1));
            assertEquals(8, open.ring.submissionEntries());
            assertEquals(0, open.ring.resize(16, 32), "the handler is over");
        }
        Ring disabled = LinuxKernel.instance().openRing(SMALL);
        assertThrows(IllegalStateException.class, () -> disabled.resize(16, 32));
        disabled.close();
    }

    private static List<Long> ids(List<Cqe> cqes) {
        return cqes.stream().map(Cqe::userData).toList();
    }
}
