// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.testing.OnRings;
import io.uringreactive.testing.Rings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Order, delays and periods: Reactor's contract of a scheduler on a ring of the running kernel. */
class LoopSchedulerTest extends OnRings {
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
        AtomicLong free = new AtomicLong();
        onRing(
                () -> {
                    runs.set(0);
                    long busyUntil = System.nanoTime() + 60_000_000L;
                    while (System.nanoTime() - busyUntil < 0) {
                        Thread.onSpinWait();
                    }
                    free.set(System.nanoTime());
                });
        AtomicInteger soon = new AtomicInteger();
        onRing(
                () -> {
                    soon.set(runs.get());
                    free.set(System.nanoTime() - free.get());
                });
        periodic.dispose();
        long due = free.get() / 1_000_000L;
        assertTrue(soon.get() <= 10 + due, "60 missed, " + due + " due, run: " + soon.get());
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
}
