// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.testing.FakeRing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a completion queue grows; {@code QueueResizeTest} has the kernel's part. */
class QueueGrowthTest {
    private final FakeRing ring = new FakeRing();

    @Test
    void shouldDoubleAfterAnOverflowUpToTheLimit() {
        QueueGrowth growth = new QueueGrowth("ring", 16, 64);
        growth.onTurn(ring);
        assertEquals(List.of(), ring.resizes());
        for (int i = 0; i < 4; i++) {
            ring.overflow();
            growth.onTurn(ring);
            growth.onTurn(ring);
        }
        assertEquals(List.of(32, 64), ring.resizes());
    }

    @Test
    void shouldTryAgainWhenTheQueueMustBeDrainedFirst() {
        QueueGrowth growth = new QueueGrowth("ring", 16, 64);
        ring.answerResizes(-Errno.EAGAIN.number(), -Errno.EOVERFLOW.number());
        ring.overflow();
        for (int i = 0; i < 5; i++) {
            growth.onTurn(ring);
        }
        assertEquals(List.of(32, 32, 32), ring.resizes());
    }

    @Test
    void shouldGiveUpWhereTheKernelRefuses() {
        QueueGrowth growth = new QueueGrowth("ring", 16, 64);
        ring.answerResizes(-Errno.EOPNOTSUPP.number());
        for (int i = 0; i < 3; i++) {
            ring.overflow();
            growth.onTurn(ring);
        }
        assertEquals(List.of(32), ring.resizes());
    }

    @Test
    void shouldNotGrowUnasked() {
        ring.overflow();
        QueueGrowth.NONE.onTurn(ring);
        new QueueGrowth("ring", 16, 0).onTurn(ring);
        assertEquals(List.of(), ring.resizes());
    }
}
