// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.op.Preparations.receiveInto;
import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Completion;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.OnRings;
import io.uringreactive.testing.Rings;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What submit promises to its subscriber: when it prepares, what it refuses. */
class SubmissionTest extends OnRings {
    private static final int UNKNOWN_OPCODE = 200;

    private void ringGoesOn() {
        StepVerifier.create(Nop.on(ring)).expectComplete().verify(LIMIT);
        Rings.awaitIdle(ring);
    }

    @Test
    void shouldPrepareNothingBeforeItIsRequested() {
        CountedNop nop = new CountedNop();
        ringGoesOn();
        long submittedBefore = Rings.status(ring).counters().submitted();
        Mono<Completion> mono = ring.submit(nop);
        Probe probe = new Probe();
        mono.subscribe(probe);
        Rings.settle(ring);
        assertEquals(0, nop.prepared.get());
        assertEquals(submittedBefore, Rings.status(ring).counters().submitted());
        probe.request(1);
        Rings.await("completion", probe.completed::get);
        assertEquals(1, nop.prepared.get());
        assertEquals(submittedBefore + 1, Rings.status(ring).counters().submitted());
    }

    @Test
    void shouldSubmitOncePerSubscriptionHoweverOftenItIsRequested() {
        CountedNop nop = new CountedNop();
        Probe probe = new Probe();
        ring.submit(nop).subscribe(probe);
        for (int i = 0; i < 5; i++) {
            probe.request(1);
        }
        probe.request(Long.MAX_VALUE);
        Rings.await("completion", probe.completed::get);
        Rings.settle(ring);
        assertEquals(1, nop.prepared.get());
        assertEquals(List.of(new Completion(0, 0)), probe.received);
    }

    @Test
    void shouldSubmitAnewForEverySubscription() {
        CountedNop nop = new CountedNop();
        StepVerifier.create(ring.submit(nop).repeat(99).count())
                .expectNext(100L)
                .expectComplete()
                .verify(LIMIT);
        assertEquals(100, nop.prepared.get());
    }

    @Test
    void shouldSignalOnTheRingWhereverItIsSubscribed() {
        Probe probe = new Probe();
        ring.submit(new CountedNop()).subscribe(probe);
        probe.requestUnbounded();
        Rings.await("completion", probe.completed::get);
        assertEquals(List.of(ring.toString(), ring.toString()), probe.threads);
    }

    @Test
    void shouldCarryTheSubscribersContext() {
        StepVerifier.create(
                        ring.submit(new CountedNop())
                                .flatMap(
                                        done ->
                                                Mono.deferContextual(
                                                        context ->
                                                                ring.submit(new CountedNop())
                                                                        .thenReturn(
                                                                                context.<String>get(
                                                                                        "key"))))
                                .contextWrite(context -> context.put("key", "value")))
                .expectNext("value")
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void shouldParkAVirtualThreadThatBlocks() throws InterruptedException {
        AtomicReference<@Nullable Completion> seen = new AtomicReference<>();
        Thread thread =
                Thread.startVirtualThread(
                        () -> seen.set(ring.submit(new CountedNop()).block(LIMIT)));
        assertTrue(thread.join(LIMIT));
        assertEquals(new Completion(0, 0), seen.get());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                SqeFlags.IO_LINK,
                SqeFlags.IO_HARDLINK,
                SqeFlags.IO_DRAIN,
                SqeFlags.CQE_SKIP_SUCCESS
            })
    void shouldRefuseFlagsThatReachIntoOthersAndGoOn(int flag) {
        Mono<Completion> refused =
                ring.submit((sqe, memory) -> sqe.opcode(Opcode.NOP).fd(-1).flags(flag));
        StepVerifier.create(
                        Flux.merge(
                                        Nop.on(ring),
                                        refused.onErrorMap(
                                                        IllegalArgumentException.class,
                                                        AssertionError::new)
                                                .then(),
                                        Nop.on(ring))
                                .subscribeOn(ring))
                .expectErrorMatches(e -> e.getCause() instanceof IllegalArgumentException)
                .verify(LIMIT);
        ringGoesOn();
    }

    @Test
    void shouldRefuseACallersUserData() {
        StepVerifier.create(ring.submit((sqe, memory) -> sqe.opcode(Opcode.NOP).fd(-1).userData(7)))
                .expectError(IllegalArgumentException.class)
                .verify(LIMIT);
        ringGoesOn();
    }

    @Test
    void shouldPassOnWhatAPreparationThrowsAndFreeItsMemory() {
        List<MemorySegment> allocated = Collections.synchronizedList(new ArrayList<>());
        for (Throwable failure :
                List.of(new IllegalStateException("checked"), new AssertionError("unchecked"))) {
            StepVerifier.create(
                            ring.submit(
                                    (sqe, memory) -> {
                                        allocated.add(memory.allocate(8));
                                        sqe.opcode(Opcode.TIMEOUT).flags(SqeFlags.IO_LINK);
                                        if (failure instanceof Error error) {
                                            throw error;
                                        }
                                        throw (RuntimeException) failure;
                                    }))
                    .expectErrorMatches(failure::equals)
                    .verify(LIMIT);
        }
        ringGoesOn();
        assertEquals(2, allocated.size());
        assertTrue(allocated.stream().noneMatch(segment -> segment.scope().isAlive()));
    }

    @Test
    void shouldRefuseASubmissionInsideAPreparationToItsOwnSubscriber() {
        Probe inner = new Probe();
        StepVerifier.create(
                        ring.submit(
                                (sqe, memory) -> {
                                    ring.submit(new CountedNop()).subscribe(inner);
                                    inner.request(1);
                                    Nop.prepare(sqe);
                                }))
                .expectNext(new Completion(0, 0))
                .expectComplete()
                .verify(LIMIT);
        assertTrue(inner.error.get() instanceof IllegalStateException, "inner: " + inner.error);
        ringGoesOn();
    }

    @Test
    void shouldCancelAnotherOperationInsideAPreparation() {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            Probe other = new Probe();
            List<MemorySegment> allocated = Collections.synchronizedList(new ArrayList<>());
            ring.submit(receiveInto(pair.fd(), allocated)).subscribe(other);
            other.request(1);
            StepVerifier.create(
                            ring.submit(
                                    (sqe, memory) -> {
                                        other.cancel();
                                        Nop.prepare(sqe);
                                    }))
                    .expectNext(new Completion(0, 0))
                    .expectComplete()
                    .verify(LIMIT);
            Rings.awaitIdle(ring);
            assertFalse(other.isEnded());
        }
    }

    @Test
    void shouldEmitWhatTheKernelSaysToAnUnknownOpcode() {
        StepVerifier.create(ring.submit((sqe, memory) -> sqe.opcode(UNKNOWN_OPCODE).fd(-1)))
                .expectNextMatches(done -> done.isError() && Errno.EINVAL.is(done.result()))
                .expectComplete()
                .verify(LIMIT);
        ringGoesOn();
    }

    @Test
    void shouldRejectAfterTheRingHasStopped() {
        Mono<Completion> mono = ring.submit(new CountedNop());
        Rings.stop(group);
        StepVerifier.create(mono).expectError(RejectedExecutionException.class).verify(LIMIT);
        StepVerifier.create(ring.submitMultishot(new CountedNop()))
                .expectError(RejectedExecutionException.class)
                .verify(LIMIT);
    }
}
