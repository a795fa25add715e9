// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.op.Preparations.ticks;
import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Completion;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.testing.OnRings;
import io.uringreactive.testing.Rings;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The demand on a multishot operation, and the life of an operation's memory. */
class SubmissionDemandTest extends OnRings {
    private void ringGoesOn() {
        StepVerifier.create(Nop.on(ring)).expectComplete().verify(LIMIT);
        Rings.awaitIdle(ring);
    }

    @Test
    void shouldEmitNoMoreThanRequestedAndKeepTheRest() {
        Flux<Completion> ticks = ring.submitMultishot(ticks(ring, 50_000));
        StepVerifier.Step<Completion> step = StepVerifier.create(ticks, 0).expectSubscription();
        for (int i = 0; i < 20; i++) {
            step =
                    step.thenRequest(1)
                            .expectNextMatches(tick -> Errno.ETIME.is(tick.result()))
                            .then(() -> Rings.settle(ring));
        }
        step.thenCancel().verify(LIMIT);
        Rings.awaitIdle(ring);
    }

    @Test
    void shouldNotExceedDemandWhileMoreArrives() {
        Probe probe = new Probe();
        ring.submitMultishot(ticks(ring, 20_000)).subscribe(probe);
        probe.request(5);
        Rings.await("five ticks", () -> probe.received.size() == 5);
        for (int i = 0; i < 50; i++) {
            Rings.settle(ring);
        }
        assertEquals(5, probe.received.size());
        probe.request(2);
        Rings.await("two more", () -> probe.received.size() == 7);
        probe.cancel();
        Rings.awaitIdle(ring);
    }

    @Test
    void shouldOverflowWhenNobodyAsksAndEmitWhatWaitsFirst() {
        Probe probe = new Probe();
        ring.submitMultishot(ticks(ring, 20_000)).subscribe(probe);
        probe.request(1);
        Rings.awaitIdle(ring);
        assertNull(probe.error.get(), "what waits comes before the error");
        assertEquals(1, probe.received.size());
        probe.request(8_000);
        Rings.settle(ring);
        assertEquals(8_001, probe.received.size());
        probe.requestUnbounded();
        Rings.settle(ring);
        Throwable error = probe.error.get();
        assertTrue(error != null && Exceptions.isOverflow(error), "ended with " + error);
        int waited = probe.received.size() - 1;
        assertTrue(waited >= 8_192 && waited <= 8_193, "waited: " + waited);
    }

    @Test
    void shouldCompleteAfterTheTerminalCompletion() {
        // Not a multishot opcode: its only CQE is the terminal one.
        StepVerifier.create(ring.submitMultishot(new CountedNop()))
                .expectNextMatches(Completion::isTerminal)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void shouldKeepTheMemoryReadableWhileSignallingAndFreeItAfterwards() {
        AtomicReference<MemorySegment> memory = new AtomicReference<>();
        StepVerifier.create(
                        ring.submit(
                                        (sqe, allocator) -> {
                                            MemorySegment segment = allocator.allocate(8, 8);
                                            segment.set(ValueLayout.JAVA_LONG, 0, 42);
                                            memory.set(segment);
                                            Nop.prepare(sqe);
                                        })
                                .map(
                                        done ->
                                                Objects.requireNonNull(memory.get())
                                                        .get(ValueLayout.JAVA_LONG, 0)))
                .expectNext(42L)
                .expectComplete()
                .verify(LIMIT);
        Rings.settle(ring);
        MemorySegment segment = Objects.requireNonNull(memory.get());
        assertFalse(segment.scope().isAlive());
        AtomicReference<@Nullable Throwable> refused = new AtomicReference<>();
        Mono.fromCallable(() -> segment.get(ValueLayout.JAVA_LONG, 0))
                .subscribeOn(ring)
                .doOnError(refused::set)
                .onErrorComplete()
                .block(LIMIT);
        assertTrue(refused.get() instanceof IllegalStateException, "read: " + refused.get());
        assertThrows(Exception.class, () -> segment.get(ValueLayout.JAVA_LONG, 0));
    }

    @Test
    void shouldFreeTheMemoryAlsoWhenTheSubscriberThrows() {
        AtomicReference<MemorySegment> memory = new AtomicReference<>();
        Mono<Completion> mono =
                ring.submit(
                        (sqe, allocator) -> {
                            memory.set(allocator.allocate(8));
                            Nop.prepare(sqe);
                        });
        mono.subscribe(
                new CoreSubscriber<>() {
                    @Override
                    public void onSubscribe(Subscription subscription) {
                        subscription.request(1);
                    }

                    @Override
                    public void onNext(Completion completion) {
                        throw new IllegalStateException("against the rules");
                    }

                    @Override
                    public void onError(Throwable throwable) {}

                    @Override
                    public void onComplete() {}
                });
        ringGoesOn();
        assertFalse(Objects.requireNonNull(memory.get()).scope().isAlive());
    }
}
