// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Completion;
import io.uringreactive.Profile;
import io.uringreactive.RingLost;
import io.uringreactive.testing.FakeRing;
import io.uringreactive.testing.Rings;
import io.uringreactive.testing.RuleProbe;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What submitted operations learn of a ring that breaks, or that is given up at its stop. */
class LostRingTest {
    private final FakeRing fake = new FakeRing();
    private final UringScheduler ring = start();
    private final RuleProbe<Completion> one = new RuleProbe<>(item -> {});
    private final RuleProbe<Completion> many = new RuleProbe<>(item -> {});
    private final AtomicReference<@Nullable MemorySegment> memory = new AtomicReference<>();

    private UringScheduler start() {
        UringScheduler scheduler =
                UringScheduler.create(
                        fake, "fake", Rings.options(1).kernel(fake).profile(Profile.ALL));
        scheduler.loop().start();
        return scheduler;
    }

    /** Two operations whose completions never come. */
    private void submitBoth() {
        fake.holdCompletions();
        ring.submit(
                        (sqe, allocator) -> {
                            memory.set(allocator.allocate(8));
                            Nop.prepare(sqe);
                        })
                .subscribe(one);
        ring.submitMultishot((sqe, allocator) -> Nop.prepare(sqe)).subscribe(many);
        one.request(1);
        many.request(1);
        Rings.await("both in flight", () -> Rings.status(ring).inFlight() == 2);
    }

    private void expectLost(@Nullable Throwable cause) {
        assertSame(cause, assertInstanceOf(RingLost.class, one.awaitError()).getCause());
        assertSame(cause, assertInstanceOf(RingLost.class, many.awaitError()).getCause());
        assertEquals(List.of(), List.copyOf(one.broken()));
        MemorySegment segment = memory.get();
        assertTrue(segment != null && segment.scope().isAlive(), "the kernel may still write it");
        ring.disposeGracefully().block(Rings.LIMIT);
        assertTrue(fake.isClosed());
    }

    @Test
    void shouldFailWhatIsInFlightWhenTheRingBreaks() {
        submitBoth();
        IllegalStateException broken = new IllegalStateException("io_uring_enter: EBADR");
        fake.breakWith(broken);
        ring.loop().execute(() -> {});
        expectLost(broken);
    }

    @Test
    void shouldFailWhatIsInFlightWhenAStoppedRingIsGivenUp() {
        submitBoth();
        ring.dispose();
        Rings.nextTurn(ring.loop());
        fake.advance(Duration.ofSeconds(6));
        expectLost(null);
    }

    @Test
    void shouldRefuseWhatComesAfterThat() {
        submitBoth();
        fake.breakWith(new IllegalStateException("io_uring_enter: EBADR"));
        ring.loop().execute(() -> {});
        expectLost(one.awaitError().getCause());
        RuleProbe<Completion> late = new RuleProbe<>(item -> {});
        ring.submit((sqe, allocator) -> Nop.prepare(sqe)).subscribe(late);
        late.request(1);
        assertInstanceOf(RejectedExecutionException.class, late.awaitError());
    }

    @Test
    void shouldIgnoreACancelAfterThat() {
        submitBoth();
        one.cancel();
        fake.breakWith(new IllegalStateException("io_uring_enter: EBADR"));
        ring.loop().execute(() -> {});
        many.awaitError();
        many.cancel();
        one.cancel();
        assertEquals(null, one.error());
    }
}
