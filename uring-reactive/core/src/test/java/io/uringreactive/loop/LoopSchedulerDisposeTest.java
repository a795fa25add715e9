// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.testing.OnRings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;

/** What a dispose ends, of tasks, workers and the scheduler itself, and what it does not. */
class LoopSchedulerDisposeTest extends OnRings {
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
        // Longer than a slow machine takes from here to the dispose.
        Disposable later = worker.schedule(mine::incrementAndGet, 200, TimeUnit.MILLISECONDS);
        Disposable periodic =
                worker.schedulePeriodically(mine::incrementAndGet, 200, 5, TimeUnit.MILLISECONDS);
        other.schedule(others::countDown, 200, TimeUnit.MILLISECONDS);
        other.schedule(others::countDown);
        ring.schedule(others::countDown, 250, TimeUnit.MILLISECONDS);
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
}
