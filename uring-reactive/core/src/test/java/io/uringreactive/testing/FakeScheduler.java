// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.testing;

import io.uringreactive.loop.LoopScheduler;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assertions;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A started scheduler on a {@link FakeRing}. */
public final class FakeScheduler extends LoopScheduler implements AutoCloseable {
    private final FakeRing ring;

    private FakeScheduler(FakeRing ring) {
        super(ring, ring, "fake");
        this.ring = ring;
    }

    public static FakeScheduler open() {
        FakeScheduler scheduler = new FakeScheduler(new FakeRing());
        scheduler.loop().start();
        return scheduler;
    }

    public FakeRing ring() {
        return ring;
    }

    /** What {@code task} returns on the loop; what it throws is thrown here. */
    public <T> T call(Callable<T> task) {
        T result = Mono.fromCallable(task).subscribeOn(this).block(Rings.LIMIT);
        return Objects.requireNonNull(result);
    }

    public void run(Runnable task) {
        Mono.fromRunnable(task).subscribeOn(this).block(Rings.LIMIT);
    }

    /** Returns when a turn has ended, with all that loops do then, after what was given before. */
    public void nextTurn() {
        Rings.nextTurn(loop());
    }

    /** Waits until the loop has ended and its ring is closed. */
    public void awaitEnd() {
        StepVerifier.create(loop().shutdown().done()).expectComplete().verify(Rings.LIMIT);
        Assertions.assertTrue(ring.isClosed());
    }

    /** Stops the loop and waits for its end. */
    @Override
    public void close() {
        disposeGracefully().block(Rings.LIMIT);
    }
}
