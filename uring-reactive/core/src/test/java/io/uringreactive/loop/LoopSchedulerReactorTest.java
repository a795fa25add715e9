// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.OnRings;
import io.uringreactive.testing.Rings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** A ring as Reactor sees it: failures, hooks, its thread, and the operators on it. */
class LoopSchedulerReactorTest extends OnRings {
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
        ring.createWorker()
                .schedule(
                        () -> {
                            throw worker;
                        });
        ring.schedule(
                () -> {
                    throw delayed;
                },
                1,
                TimeUnit.MILLISECONDS);
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
