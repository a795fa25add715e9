package io.uringreactive.loop;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.Rings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Reactor's contract of a scheduler, on a ring of the running kernel. */
class LoopSchedulerTest {
    private RingGroup group;
    private RingScheduler ring;

    @BeforeEach
    void open() {
        group = Rings.group(2);
        ring = group.next();
    }

    @AfterEach
    void close() {
        Rings.stop(group);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS), "waited in vain");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs {@code task} on the ring and waits for it; what it throws comes here. */
    private void onRing(Runnable task) {
        Mono.fromRunnable(task).subscribeOn(ring).block(LIMIT);
    }

    /** What is due on the ring, given before, has run when this returns. */
    private void settle() {
        onRing(() -> {});
    }

    // Order

    @Test
    void shouldRunTasksOfAForeignThreadInOrder() {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        List<Integer> wanted = IntStream.range(0, 10_000).boxed().toList();
        wanted.forEach(i -> ring.schedule(() -> seen.add(i)));
        settle();
        assertEquals(wanted, seen);
    }

    @Test
    void shouldRunTasksOfItsOwnThreadInOrderAndNotInline() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        onRing(
                () -> {
                    ring.schedule(() -> seen.add("first"));
                    Scheduler.Worker worker = ring.createWorker();
                    worker.schedule(() -> seen.add("second"));
                    ring.schedule(() -> seen.add("third"), 0, TimeUnit.NANOSECONDS);
                    worker.schedule(() -> seen.add("fourth"), -5, TimeUnit.SECONDS);
                    seen.add("scheduler");
                });
        settle();
        assertEquals(List.of("scheduler", "first", "second", "third", "fourth"), seen);
    }

    @Test
    void shouldKeepTheOrderOfEachOfManyProducers() {
        int producers = 6;
        int tasks = 5_000;
        int[] last = new int[producers];
        AtomicInteger disorder = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(producers * tasks);
        for (int p = 0; p < producers; p++) {
            int producer = p;
            Thread.startVirtualThread(
                    () -> {
                        for (int i = 1; i <= tasks; i++) {
                            int number = i;
                            ring.schedule(
                                    () -> {
                                        if (last[producer] != number - 1) {
                                            disorder.incrementAndGet();
                                        }
                                        last[producer] = number;
                                        done.countDown();
                                    });
                        }
                    });
        }
        await(done);
        assertEquals(0, disorder.get());
    }

    // Delays and periods

    @Test
    void shouldRunDelayedTasksByTheirDeadlineAndNotBefore() {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(4);
        AtomicReference<String> early = new AtomicReference<>();
        long start = System.nanoTime();
        int[] millis = {40, 5, 20, 5};
        for (int i = 0; i < millis.length; i++) {
            int id = i;
            ring.schedule(
                    () -> {
                        if (System.nanoTime() - start < millis[id] * 1_000_000L) {
                            early.set("task " + id);
                        }
                        seen.add(id);
                        done.countDown();
                    },
                    millis[i],
                    TimeUnit.MILLISECONDS);
        }
        await(done);
        assertNull(early.get(), "ran before its deadline");
        assertEquals(List.of(1, 3, 2, 0), seen);
    }

    @Test
    void shouldRunPeriodicTasksAtAFixedRateUntilDisposedFromInside() {
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Disposable> periodic = new AtomicReference<>();
        long start = System.nanoTime();
        periodic.set(
                ring.schedulePeriodically(
                        () -> {
                            times.add(System.nanoTime() - start);
                            if (times.size() == 10) {
                                Objects.requireNonNull(periodic.get()).dispose();
                                done.countDown();
                            }
                        },
                        20,
                        10,
                        TimeUnit.MILLISECONDS));
        await(done);
        assertTrue(Objects.requireNonNull(periodic.get()).isDisposed());
        Mono.delay(Duration.ofMillis(50), ring).block(LIMIT);
        assertEquals(10, times.size(), "it ran after its dispose");
        for (int i = 0; i < 10; i++) {
            assertTrue(times.get(i) >= (20 + 10 * i) * 1_000_000L, "run " + i + " was early");
        }
    }

    @Test
    void shouldNotMakeUpForPeriodsThatWereMissed() {
        AtomicInteger runs = new AtomicInteger();
        Disposable periodic =
                ring.schedulePeriodically(runs::incrementAndGet, 0, 1, TimeUnit.MILLISECONDS);
        onRing(
                () -> {
                    runs.set(0);
                    long busyUntil = System.nanoTime() + 60_000_000L;
                    while (System.nanoTime() - busyUntil < 0) {
                        Thread.onSpinWait();
                    }
                });
        AtomicInteger soon = new AtomicInteger();
        onRing(() -> soon.set(runs.get()));
        periodic.dispose();
        assertTrue(soon.get() <= 10, "60 periods were missed, run at once: " + soon.get());
    }

    @Test
    void shouldRunAPeriodOfZeroAgainAndAgainWithoutStarvingOthers() {
        AtomicInteger runs = new AtomicInteger();
        Disposable periodic =
                ring.schedulePeriodically(runs::incrementAndGet, 0, 0, TimeUnit.NANOSECONDS);
        Rings.await("a hundred runs", () -> runs.get() > 100);
        settle();
        periodic.dispose();
        settle();
        int after = runs.get();
        settle();
        assertEquals(after, runs.get());
    }

    @Test
    void shouldGoOnWithAPeriodicTaskThatThrows() {
        AtomicInteger runs = new AtomicInteger();
        onRing(() -> Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {}));
        Disposable periodic =
                ring.schedulePeriodically(
                        () -> {
                            runs.incrementAndGet();
                            throw new IllegalStateException("once more");
                        },
                        0,
                        1,
                        TimeUnit.MILLISECONDS);
        Rings.await("three runs", () -> runs.get() >= 3);
        periodic.dispose();
    }

    @Test
    void shouldNotLetAnEndlessDelayHoldUpOthers() {
        Disposable endless = ring.schedule(() -> {}, Long.MAX_VALUE, TimeUnit.DAYS);
        Disposable forever =
                ring.schedulePeriodically(() -> {}, 1, Long.MAX_VALUE, TimeUnit.MILLISECONDS);
        CountDownLatch done = new CountDownLatch(50);
        onRing(
                () -> {
                    for (int i = 0; i < 50; i++) {
                        ring.schedule(done::countDown, 1, TimeUnit.MILLISECONDS);
                    }
                    ring.schedule(() -> {}, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                    // Overdue when they are looked at for the first time.
                    long busyUntil = System.nanoTime() + 5_000_000L;
                    while (System.nanoTime() - busyUntil < 0) {
                        Thread.onSpinWait();
                    }
                    ring.schedule(() -> {}, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                });
        await(done);
        endless.dispose();
        forever.dispose();
    }

    // Dispose of tasks and workers

    @Test
    void shouldNotRunADisposedTask() {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch entered = new CountDownLatch(1);
        AtomicBoolean gate = new AtomicBoolean();
        ring.schedule(
                () -> {
                    entered.countDown();
                    while (!gate.get()) {
                        Thread.onSpinWait();
                    }
                });
        await(entered);
        Disposable now = ring.schedule(runs::incrementAndGet);
        Disposable later = ring.schedule(runs::incrementAndGet, 1, TimeUnit.MILLISECONDS);
        Disposable periodic =
                ring.schedulePeriodically(runs::incrementAndGet, 1, 1, TimeUnit.MILLISECONDS);
        for (Disposable task : List.of(now, later, periodic)) {
            assertFalse(task.isDisposed());
            task.dispose();
            assertTrue(task.isDisposed());
            task.dispose();
        }
        gate.set(true);
        Mono.delay(Duration.ofMillis(20), ring).block(LIMIT);
        assertEquals(0, runs.get());
    }

    @Test
    void shouldCallATaskDisposedOnceItHasRun() {
        Disposable task = ring.schedule(() -> {});
        settle();
        assertTrue(task.isDisposed());
    }

    @Test
    void shouldCancelTheTasksOfADisposedWorkerAndNoOthers() {
        AtomicInteger mine = new AtomicInteger();
        CountDownLatch others = new CountDownLatch(3);
        Scheduler.Worker worker = ring.createWorker();
        Scheduler.Worker other = ring.createWorker();
        Disposable later = worker.schedule(mine::incrementAndGet, 5, TimeUnit.MILLISECONDS);
        Disposable periodic =
                worker.schedulePeriodically(mine::incrementAndGet, 5, 5, TimeUnit.MILLISECONDS);
        other.schedule(others::countDown, 5, TimeUnit.MILLISECONDS);
        other.schedule(others::countDown);
        ring.schedule(others::countDown, 5, TimeUnit.MILLISECONDS);
        worker.dispose();
        assertTrue(worker.isDisposed());
        assertTrue(later.isDisposed());
        assertTrue(periodic.isDisposed());
        await(others);
        assertEquals(0, mine.get());
        assertFalse(other.isDisposed());
        assertFalse(ring.isDisposed());
        other.dispose();
    }

    @Test
    void shouldRejectTasksOfADisposedWorker() {
        Scheduler.Worker worker = ring.createWorker();
        worker.dispose();
        assertThrows(RejectedExecutionException.class, () -> worker.schedule(() -> {}));
        assertThrows(
                RejectedExecutionException.class,
                () -> worker.schedule(() -> {}, 1, TimeUnit.SECONDS));
        assertThrows(
                RejectedExecutionException.class,
                () -> worker.schedulePeriodically(() -> {}, 1, 1, TimeUnit.SECONDS));
    }

    @Test
    void shouldLetAWorkerGoOfTasksThatHaveRun() {
        Scheduler.Worker worker = ring.createWorker();
        List<Disposable> tasks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tasks.add(worker.schedule(() -> {}));
        }
        settle();
        assertTrue(tasks.stream().allMatch(Disposable::isDisposed));
        assertFalse(worker.isDisposed());
        worker.dispose();
    }

    // Dispose of the scheduler

    @Test
    void shouldRejectTasksAfterDispose() {
        Scheduler.Worker worker = ring.createWorker();
        ring.dispose();
        assertTrue(ring.isDisposed());
        assertThrows(RejectedExecutionException.class, () -> ring.schedule(() -> {}));
        assertThrows(
                RejectedExecutionException.class,
                () -> ring.schedule(() -> {}, 1, TimeUnit.SECONDS));
        assertThrows(
                RejectedExecutionException.class,
                () -> ring.schedulePeriodically(() -> {}, 1, 1, TimeUnit.SECONDS));
        assertThrows(RejectedExecutionException.class, () -> worker.schedule(() -> {}));
        ring.dispose();
        assertFalse(group.rings().get(1).isDisposed(), "the neighbour is not concerned");
    }

    @Test
    void shouldDisposeGracefullyOnlyWhenSubscribedAndForEverySubscriber() {
        Mono<Void> graceful = ring.disposeGracefully();
        assertFalse(ring.isDisposed());
        StepVerifier.create(graceful).expectComplete().verify(LIMIT);
        assertTrue(ring.isDisposed());
        StepVerifier.create(graceful).expectComplete().verify(LIMIT);
        StepVerifier.create(ring.disposeGracefully()).expectComplete().verify(LIMIT);
    }

    @Test
    void shouldNotRunDelayedAndPeriodicTasksAfterDispose() {
        AtomicInteger runs = new AtomicInteger();
        ring.schedule(runs::incrementAndGet, 5, TimeUnit.MILLISECONDS);
        ring.schedulePeriodically(runs::incrementAndGet, 5, 1, TimeUnit.MILLISECONDS);
        StepVerifier.create(ring.disposeGracefully()).expectComplete().verify(LIMIT);
        int then = runs.get();
        Mono.delay(Duration.ofMillis(20)).block(LIMIT);
        assertEquals(then, runs.get());
    }

    // Failures

    @Test
    void shouldHandFailuresToTheUncaughtExceptionHandlerAndGoOn() {
        List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
        onRing(
                () ->
                        Thread.currentThread()
                                .setUncaughtExceptionHandler((thread, e) -> uncaught.add(e)));
        IllegalStateException direct = new IllegalStateException("direct");
        AssertionError delayed = new AssertionError("delayed");
        UnsupportedOperationException worker = new UnsupportedOperationException("worker");
        ring.schedule(
                () -> {
                    throw direct;
                });
        ring.schedule(
                () -> {
                    throw delayed;
                },
                1,
                TimeUnit.MILLISECONDS);
        ring.createWorker()
                .schedule(
                        () -> {
                            throw worker;
                        });
        Rings.await("three failures", () -> uncaught.size() == 3);
        assertEquals(List.of(direct, worker, delayed), uncaught);
        settle();
    }

    @Test
    void shouldSurviveAHandlerThatThrowsItself() {
        onRing(
                () ->
                        Thread.currentThread()
                                .setUncaughtExceptionHandler(
                                        (thread, e) -> {
                                            throw new IllegalStateException("the handler too");
                                        }));
        ring.schedule(
                () -> {
                    throw new IllegalStateException("a task");
                });
        settle();
        assertFalse(ring.isDisposed());
    }

    // Reactor's hooks, markers and operators

    @Test
    void shouldApplyTheHookForScheduledTasks() {
        AtomicInteger decorated = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4);
        Schedulers.onScheduleHook(
                "test",
                task ->
                        () -> {
                            decorated.incrementAndGet();
                            task.run();
                        });
        try {
            ring.schedule(done::countDown);
            ring.schedule(done::countDown, 1, TimeUnit.MILLISECONDS);
            Disposable periodic = ring.schedulePeriodically(done::countDown, 0, 1, TimeUnit.DAYS);
            ring.createWorker().schedule(done::countDown);
            await(done);
            periodic.dispose();
        } finally {
            Schedulers.resetOnScheduleHook("test");
        }
        assertEquals(4, decorated.get());
    }

    @Test
    void shouldRunOnADaemonThreadThatRefusesToBlock() {
        AtomicReference<Thread> seen = new AtomicReference<>();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        onRing(
                () -> {
                    seen.set(Thread.currentThread());
                    try {
                        Mono.never().block(Duration.ofSeconds(1));
                    } catch (IllegalStateException e) {
                        refused.set(e);
                    }
                });
        Thread thread = Objects.requireNonNull(seen.get());
        assertInstanceOf(NonBlocking.class, thread);
        assertInstanceOf(FastThreadLocalThread.class, thread);
        assertTrue(thread.isDaemon());
        assertFalse(thread.isVirtual());
        assertEquals(ring.toString(), thread.getName());
        assertTrue(
                Objects.requireNonNull(refused.get()).toString().contains("blocking"),
                "block() must throw on a ring thread");
    }

    @Test
    void shouldTellTheWallClock() {
        long before = System.currentTimeMillis();
        long now = ring.now(TimeUnit.MILLISECONDS);
        assertTrue(now >= before && now <= System.currentTimeMillis());
        assertTrue(Math.abs(now / 1_000 - ring.now(TimeUnit.SECONDS)) <= 1);
    }

    @Test
    void shouldServePublishOnAndSubscribeOn() {
        RingScheduler other = group.rings().get(1);
        StepVerifier.create(
                        Flux.range(1, 1_000)
                                .map(i -> Thread.currentThread().getName())
                                .subscribeOn(ring)
                                .publishOn(other, 7)
                                .map(name -> name + " " + Thread.currentThread().getName())
                                .distinct()
                                .zipWith(Flux.just(ring + " " + other), String::equals))
                .expectNext(true)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void shouldServeDelayElementsAndInterval() {
        StepVerifier.create(
                        Flux.interval(Duration.ofMillis(2), ring)
                                .onBackpressureBuffer()
                                .take(5)
                                .delayElements(Duration.ofMillis(1), ring)
                                .map(i -> i + Thread.currentThread().getName()))
                .expectNext("0" + ring, "1" + ring, "2" + ring, "3" + ring, "4" + ring)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void shouldServeTimeoutAndNotFireItWhenTheValueComesFirst() {
        StepVerifier.create(Mono.never().timeout(Duration.ofMillis(5), ring))
                .expectError(TimeoutException.class)
                .verify(LIMIT);
        StepVerifier.create(Mono.just(1).timeout(Duration.ofDays(100_000), ring))
                .expectNext(1)
                .expectComplete()
                .verify(LIMIT);
        RingLoop loop = Rings.loop(ring);
        AtomicInteger left = new AtomicInteger(-1);
        onRing(() -> left.set(loop.timers().size()));
        assertEquals(0, left.get(), "a timer was left behind");
    }
}
