// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingFeature;
import io.uringreactive.testing.Rings;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** A completion queue that is too small, on the running kernel. */
class QueueResizeTest {
    private static final int BURST = 200;

    @BeforeEach
    void requireFeature() {
        assumeTrue(
                LinuxKernel.instance().features().has(RingFeature.RESIZE),
                "resizing needs Linux 6.13");
    }

    /** All at once on the ring's thread: they complete before one CQE is drained. */
    private static void burst(RingScheduler ring) {
        Long completed =
                Flux.range(0, BURST)
                        .flatMap(
                                i -> ring.submit((sqe, memory) -> sqe.opcode(Opcode.NOP)),
                                Integer.MAX_VALUE)
                        .subscribeOn(ring)
                        .count()
                        .block(Rings.LIMIT);
        assertEquals(BURST, completed);
    }

    private static long overflows(RingScheduler ring) {
        RingStatus status = ring.status().block(Rings.LIMIT);
        return Objects.requireNonNull(status).counters().overflows();
    }

    private static RingGroup group(String resizeKernels) {
        return RingGroup.create(
                RingGroupOptions.defaults()
                        .rings(1)
                        .ring(new RingConfig(8, 16).withResizeOn(resizeKernels))
                        .completionEntriesMax(1024));
    }

    @Test
    void shouldGrowUntilNothingOverflowsAnyMore() {
        RingGroup group = group(System.getProperty("os.version"));
        RingScheduler ring = group.next();
        burst(ring);
        assertTrue(overflows(ring) > 0, "16 CQEs are too few for 200");
        for (int i = 0; i < 10; i++) {
            burst(ring); // it doubles at most once a turn
        }
        long before = overflows(ring);
        burst(ring);
        assertEquals(before, overflows(ring));
        group.disposeGracefully().block(Rings.LIMIT);
    }

    @Test
    void shouldLoseNothingWhereItMayNotGrow() {
        RingGroup group = group("5.4");
        RingScheduler ring = group.next();
        for (int i = 0; i < 5; i++) {
            burst(ring);
        }
        long before = overflows(ring);
        burst(ring);
        assertTrue(overflows(ring) > before);
        group.disposeGracefully().block(Rings.LIMIT);
    }
}
