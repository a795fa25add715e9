// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.op.Preparations.ticks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Completion;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.OnRings;
import io.uringreactive.testing.Rings;
import io.uringreactive.testing.RuleProbe;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Scannable;
import reactor.core.Scannable.Attr;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Submitted operations, held against the specification's rules and Reactor's conventions. */
class SubmissionContractTest extends OnRings {
    /** As Reactor's hooks name it, for one pipeline only. */
    private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

    private final Queue<Completion> discarded = new ConcurrentLinkedQueue<>();

    private RuleProbe<Completion> discarding() {
        return new RuleProbe<>(
                item -> {},
                Operators.enableOnDiscard(
                        Context.empty(), item -> discarded.add((Completion) item)));
    }

    private void expectNothingBroken(RuleProbe<?> probe) {
        assertEquals(List.of(), List.copyOf(probe.broken()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldFailABadRequest(long n) {
        RuleProbe<Completion> first = new RuleProbe<>(item -> {});
        CountedNop nop = new CountedNop();
        ring.submit(nop).subscribe(first);
        first.request(n);
        assertInstanceOf(IllegalArgumentException.class, first.awaitError());
        assertEquals(0, nop.prepared.get());

        RuleProbe<Completion> inFlight = new RuleProbe<>(item -> {});
        ring.submitMultishot(ticks(ring, 50_000)).subscribe(inFlight);
        inFlight.request(2);
        Rings.await("two ticks", () -> inFlight.received() == 2);
        inFlight.request(n);
        assertInstanceOf(IllegalArgumentException.class, inFlight.awaitError());

        RuleProbe<Completion> within =
                new RuleProbe<Completion>(item -> {})
                        .atStart(probe -> probe.request(5))
                        .atItem(probe -> probe.request(n));
        ring.submitMultishot(ticks(ring, 50_000)).subscribe(within);
        assertInstanceOf(IllegalArgumentException.class, within.awaitError());
        assertEquals(1, within.received());

        RuleProbe<Completion> atStart =
                new RuleProbe<Completion>(item -> {}).atStart(probe -> probe.request(n));
        ring.submitMultishot(ticks(ring, 50_000)).subscribe(atStart);
        assertInstanceOf(IllegalArgumentException.class, atStart.awaitError());

        Rings.awaitIdle(ring);
        List.of(first, inFlight, within, atStart).forEach(this::expectNothingBroken);
    }

    @Test
    void shouldSignalNothingWhileOnSubscribeRuns() {
        for (int round = 0; round < 50; round++) {
            RuleProbe<Completion> probe =
                    new RuleProbe<Completion>(item -> {})
                            .atStart(
                                    p -> {
                                        p.request(1);
                                        Rings.settle(ring);
                                    });
            ring.submit(new CountedNop()).subscribe(probe);
            Rings.await("the end", probe::hasEnded);
            expectNothingBroken(probe);
        }
    }

    @Test
    void shouldGiveWhatNobodyTakesToTheDiscardHook() {
        RuleProbe<Completion> probe = discarding();
        ring.submitMultishot((sqe, memory) -> Nop.prepare(sqe)).subscribe(probe);
        // On the ring: the operation is cancelled before its completion is looked at.
        onRing(
                () -> {
                    probe.request(1);
                    probe.cancel();
                });
        Rings.awaitIdle(ring);
        Rings.await("the completion", () -> discarded.size() == 1);
        assertEquals(0, probe.received());
        assertFalse(probe.hasEnded());
    }

    @Test
    void shouldGiveErrorsAfterACancelToTheDropHook() {
        Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
        Consumer<Throwable> hook = dropped::add;
        RuleProbe<Completion> probe =
                new RuleProbe<>(item -> {}, Context.of(ON_ERROR_DROPPED, hook));
        IllegalStateException thrown = new IllegalStateException("a preparation's");
        ring.submit(
                        (sqe, memory) -> {
                            probe.cancel();
                            throw thrown;
                        })
                .subscribe(probe);
        probe.request(1);
        Rings.await("the error", () -> !dropped.isEmpty());
        assertEquals(List.of(thrown), List.copyOf(dropped));
        assertFalse(probe.hasEnded());
    }

    @Test
    void shouldTellItsStateToScans() {
        RuleProbe<Completion> probe = new RuleProbe<>(item -> {});
        ring.submitMultishot(ticks(ring, 50_000, 3)).subscribe(probe);
        Scannable scan = Scannable.from(probe.subscription());
        assertEquals(ring, scan.scan(Attr.RUN_ON));
        assertEquals(Attr.RunStyle.ASYNC, scan.scan(Attr.RUN_STYLE));
        assertEquals(probe, scan.scanUnsafe(Attr.ACTUAL));
        probe.request(2);
        Rings.await("two ticks", () -> probe.received() == 2);
        assertFalse(scan.scanOrDefault(Attr.TERMINATED, true));
        probe.request(2);
        Rings.await("the end", probe::hasEnded);
        assertTrue(scan.scanOrDefault(Attr.TERMINATED, false));
        assertFalse(scan.scanOrDefault(Attr.CANCELLED, true));

        RuleProbe<Completion> cancelled = new RuleProbe<>(item -> {});
        ring.submit(new CountedNop()).subscribe(cancelled);
        cancelled.cancel();
        cancelled.cancel();
        assertTrue(Scannable.from(cancelled.subscription()).scanOrDefault(Attr.CANCELLED, false));
        Scannable source = Scannable.from(ring.submitMultishot(new CountedNop()));
        assertEquals(Attr.RunStyle.ASYNC, source.scan(Attr.RUN_STYLE));
        assertEquals(ring, source.scan(Attr.RUN_ON));
    }

    @Test
    void shouldCloseADescriptorThatIsLost() {
        int before = Rings.descriptors();
        try (Loopback listener = Loopback.listen()) {
            listener.client();
            Accept.once(ring, listener.fd()).block(Rings.LIMIT);
            Rings.await(
                    "the garbage collector to find the descriptor",
                    () -> {
                        System.gc();
                        return Rings.descriptors() <= before + 2;
                    });
        }
    }
}
