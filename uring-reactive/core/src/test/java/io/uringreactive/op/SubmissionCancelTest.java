// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.op.Preparations.receiveInto;
import static io.uringreactive.op.Preparations.ticks;
import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.OnRings;
import io.uringreactive.testing.Rings;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.test.StepVerifier;

/** Cancelling what was submitted, at every moment and from every thread. */
class SubmissionCancelTest extends OnRings {
    @Test
    void shouldDoNothingWhenCancelledBeforeItIsRequested() {
        CountedNop nop = new CountedNop();
        Probe probe = new Probe();
        AtomicReference<Subscription> seen = new AtomicReference<>();
        ring.submit(nop).doOnSubscribe(seen::set).subscribe(probe);
        Subscription upstream = Objects.requireNonNull(seen.get());
        upstream.cancel();
        upstream.request(1);
        Rings.settle(ring);
        assertEquals(0, nop.prepared.get());
        assertFalse(probe.isEnded());
    }

    @Test
    void shouldCancelInFlightAndKeepTheMemoryUntilTheKernelLetsGo() {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            List<MemorySegment> allocated = Collections.synchronizedList(new ArrayList<>());
            for (int round = 0; round < 200; round++) {
                Probe probe = new Probe();
                ring.submit(receiveInto(pair.fd(), allocated)).subscribe(probe);
                probe.request(1);
                if (round % 2 == 0) {
                    Rings.settle(ring);
                }
                probe.cancel();
                assertFalse(probe.isEnded());
            }
            Rings.awaitIdle(ring);
            Rings.settle(ring);
            assertTrue(
                    allocated.stream().noneMatch(segment -> segment.scope().isAlive()),
                    "an operation's memory was never freed");
            assertEquals(0, Rings.status(ring).lateCompletions());
        }
    }

    @Test
    void shouldIgnoreACancelAfterCompletion() {
        Probe probe = new Probe();
        AtomicReference<Subscription> upstream = new AtomicReference<>();
        ring.submit(new CountedNop()).doOnSubscribe(upstream::set).subscribe(probe);
        probe.request(1);
        Rings.await("completion", probe.completed::get);
        long submitted = Rings.status(ring).counters().submitted();
        Objects.requireNonNull(upstream.get()).cancel();
        Objects.requireNonNull(upstream.get()).request(1);
        Rings.settle(ring);
        assertEquals(submitted, Rings.status(ring).counters().submitted());
    }

    @Test
    void shouldCancelFromInsideOnNext() {
        AtomicInteger seen = new AtomicInteger();
        StepVerifier.create(
                        ring.submitMultishot(ticks(ring, 100_000))
                                .doOnNext(tick -> seen.incrementAndGet())
                                .take(3)
                                .count())
                .expectNext(3L)
                .expectComplete()
                .verify(LIMIT);
        Rings.awaitIdle(ring);
        assertEquals(3, seen.get());
    }

    @Test
    void shouldSurviveRequestAndCancelFromManyThreads() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            Probe probe = new Probe();
            AtomicReference<Subscription> upstream = new AtomicReference<>();
            ring.submitMultishot(ticks(ring, 100_000))
                    .doOnSubscribe(upstream::set)
                    .subscribe(probe);
            Subscription subscription = Objects.requireNonNull(upstream.get());
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                int kind = t;
                threads.add(
                        Thread.startVirtualThread(
                                () -> {
                                    for (int i = 0; i < 20; i++) {
                                        if (kind == 0 && i == 10) {
                                            subscription.cancel();
                                        }
                                        subscription.request(1);
                                    }
                                }));
            }
            for (Thread thread : threads) {
                assertTrue(thread.join(LIMIT));
            }
            assertNull(probe.error.get());
        }
        Rings.awaitIdle(ring);
    }
}
