// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.RingScheduler;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.testing.Rings;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;

/** What tests of submissions submit. */
final class Preparations {
    /** IORING_TIMEOUT_MULTISHOT: a CQE with -ETIME per period (Linux 6.4). */
    private static final int TIMEOUT_MULTISHOT = 1 << 6;

    /** For {@code ring}; skips the test where its kernel does not tick. */
    static Preparation ticks(RingScheduler ring, long periodNanos) {
        return ticks(ring, periodNanos, 0);
    }

    /** {@code count} of them, or without end for 0. */
    static Preparation ticks(RingScheduler ring, long periodNanos, long count) {
        Completion first =
                Objects.requireNonNull(
                        ring.submitMultishot(ticks(1_000_000, 1)).blockFirst(Rings.LIMIT));
        assumeFalse(
                Errno.EINVAL.is(first.result()),
                "missing kernel feature: multishot TIMEOUT (Linux 6.4)");
        return ticks(periodNanos, count);
    }

    private static Preparation ticks(long periodNanos, long count) {
        return (sqe, memory) -> {
            MemorySegment period = memory.allocate(16, 8);
            period.set(ValueLayout.JAVA_LONG, 8, periodNanos);
            sqe.opcode(Opcode.TIMEOUT)
                    .fd(-1)
                    .addr(period)
                    .len(1)
                    .opFlags(TIMEOUT_MULTISHOT)
                    .off(count);
        };
    }

    static Preparation receiveInto(int fd, List<MemorySegment> allocated) {
        return (sqe, memory) -> {
            MemorySegment segment = memory.allocate(64);
            allocated.add(segment);
            sqe.opcode(Opcode.RECV).fd(fd).addr(segment).len(64);
        };
    }

    private Preparations() {}
}
