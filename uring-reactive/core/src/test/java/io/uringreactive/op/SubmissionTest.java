package io.uringreactive.op;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Completion;
import io.uringreactive.Preparation;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.Rings;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What submit and submitMultishot promise, on a ring of the running kernel. */
class SubmissionTest {
    private static final int UNKNOWN_OPCODE = 200;

    /** IORING_TIMEOUT_MULTISHOT: a CQE with -ETIME per period (Linux 6.4). */
    private static final int TIMEOUT_MULTISHOT = 1 << 6;

    private RingGroup group;
    private RingScheduler ring;

    @BeforeEach
    void open() {
        group = Rings.group(1);
        ring = group.next();
    }

    @AfterEach
    void close() {
        Rings.stop(group);
    }

    /** Counts how often it prepares a NOP. */
    private static final class CountedNop implements Preparation {
        final AtomicInteger prepared = new AtomicInteger();

        @Override
        public void prepare(Sqe sqe, SegmentAllocator memory) {
            prepared.incrementAndGet();
            Nop.prepare(sqe);
        }
    }

    /** Requests nothing by itself and keeps what it gets. */
    private static final class Probe extends BaseSubscriber<Completion> {
        final List<Completion> received = Collections.synchronizedList(new ArrayList<>());
        final List<String> threads = Collections.synchronizedList(new ArrayList<>());
        final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
        final AtomicBoolean completed = new AtomicBoolean();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(Completion value) {
            threads.add(Thread.currentThread().getName());
            received.add(value);
        }

        @Override
        protected void hookOnComplete() {
            threads.add(Thread.currentThread().getName());
            completed.set(true);
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            error.set(throwable);
        }

        boolean isEnded() {
            return completed.get() || error.get() != null;
        }
    }

    private static Preparation ticks(long periodNanos) {
        return (sqe, memory) -> {
            MemorySegment period = memory.allocate(16, 8);
            period.set(ValueLayout.JAVA_LONG, 8, periodNanos);
            sqe.opcode(Opcode.TIMEOUT).fd(-1).addr(period).len(1).opFlags(TIMEOUT_MULTISHOT);
        };
    }

    private static Preparation receiveInto(int fd, List<MemorySegment> allocated) {
        return (sqe, memory) -> {
            MemorySegment segment = memory.allocate(64);
            allocated.add(segment);
            sqe.opcode(Opcode.RECV).fd(fd).addr(segment).len(64);
        };
    }

    private void ringGoesOn() {
        StepVerifier.create(Nop.on(ring)).expectComplete().verify(LIMIT);
        Rings.awaitIdle(ring);
    }

    // Cold

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

    // Cancel

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
                        ring.submitMultishot(ticks(100_000))
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
            ring.submitMultishot(ticks(100_000)).doOnSubscribe(upstream::set).subscribe(probe);
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

    // Refusals and failures

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
        StepVerifier.create(ring.submitMultishot(ticks(1_000)))
                .expectError(RejectedExecutionException.class)
                .verify(LIMIT);
    }

    // Multishot

    @Test
    void shouldEmitNoMoreThanRequestedAndKeepTheRest() {
        Flux<Completion> ticks = ring.submitMultishot(ticks(50_000));
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
        ring.submitMultishot(ticks(20_000)).subscribe(probe);
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
        ring.submitMultishot(ticks(20_000)).subscribe(probe);
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

    // Memory

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
