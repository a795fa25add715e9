// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Mono;

/** Two rings of the running kernel for each test; most need but the first. */
public abstract class OnRings {
    protected RingGroup group;
    protected RingScheduler ring;

    @BeforeEach
    void open() {
        group = Rings.group(2);
        ring = group.next();
    }

    @AfterEach
    void close() {
        Rings.stop(group);
    }

    protected static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(Rings.LIMIT.toMillis(), TimeUnit.MILLISECONDS), "in vain");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs {@code task} on the ring and waits for it; what it throws comes here. */
    protected void onRing(Runnable task) {
        Mono.fromRunnable(task).subscribeOn(ring).block(Rings.LIMIT);
    }

    /** What is due on the ring, given before, has run when this returns. */
    protected void settle() {
        onRing(() -> {});
    }
}
