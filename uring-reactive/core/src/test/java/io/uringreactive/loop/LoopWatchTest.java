// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.FakeRing;
import io.uringreactive.testing.FakeScheduler;
import io.uringreactive.testing.RingLog;
import io.uringreactive.testing.Rings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** When a loop is reported as blocked, and when not. */
class LoopWatchTest {
    private static final Duration BLOCKED_AFTER = Duration.ofMillis(400);
    private static final long LOOK_NANOS = BLOCKED_AFTER.toNanos() / 4;

    private final RingLog log = RingLog.attached();
    private final FakeScheduler scheduler = FakeScheduler.open();
    private final RingLoop loop = scheduler.loop();
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final LoopWatch watch = new LoopWatch(List.of(loop), BLOCKED_AFTER);

    @AfterEach
    void close() {
        letGo.countDown();
        scheduler.close();
        log.close();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look(LOOK_NANOS);
        }
    }

    /** What a ring must not run. */
    private static void waitOnTheRing(CountDownLatch entered, CountDownLatch end) {
        entered.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void block(RingLoop blocked) {
        CountDownLatch entered = new CountDownLatch(1);
        blocked.execute(() -> waitOnTheRing(entered, letGo));
        Rings.await("it blocks", () -> entered.getCount() == 0);
    }

    private void awaitSleep() {
        Rings.await("it waits", () -> Progress.isWaiting(loop.progress().beat()));
    }

    @Test
    void shouldReportABlockedLoopOnceAndWhatBlocksIt() {
        block(loop);
        look(1); // sees the turn for the first time
        look(3);
        assertEquals(List.of(), log.warnings());
        look(10);
        assertEquals(1, log.warnings().size(), log.warnings()::toString);
        assertTrue(log.warnings().getFirst().contains("fake is blocked"), log.warnings()::toString);
        assertTrue(log.traces().contains("waitOnTheRing"), log::traces);
        assertEquals(1, loop.progress().blockedCount());
    }

    @Test
    void shouldTellWhenItGoesOn() {
        block(loop);
        look(5);
        letGo.countDown();
        awaitSleep();
        look(10);
        assertEquals(2, log.warnings().size(), log.warnings()::toString);
        assertTrue(log.warnings().get(1).contains("went on after"), log.warnings()::toString);
    }

    @Test
    void shouldReportItAgainTheNextTime() {
        block(loop);
        look(5);
        letGo.countDown();
        awaitSleep();
        look(1);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        loop.execute(() -> waitOnTheRing(entered, second));
        Rings.await("it blocks again", () -> entered.getCount() == 0);
        look(5);
        second.countDown();
        assertEquals(2, loop.progress().blockedCount());
    }

    @Test
    void shouldNotReportALoopThatSleeps() {
        awaitSleep();
        look(20);
        assertEquals(List.of(), log.warnings());
    }

    @Test
    void shouldNotReportALoopThatRunsManyTasks() {
        for (int i = 0; i < 20; i++) {
            scheduler.nextTurn();
            look(1);
        }
        Disposable ticks = scheduler.schedulePeriodically(() -> {}, 0, 1, TimeUnit.NANOSECONDS);
        for (int i = 0; i < 20; i++) {
            scheduler.nextTurn();
            look(1);
        }
        ticks.dispose();
        assertEquals(List.of(), log.warnings());
    }

    @Test
    void shouldNotReportALoopThatHasEnded() {
        scheduler.close();
        look(20);
        assertEquals(List.of(), log.warnings());
    }

    @Test
    void shouldHoldAPauseOfTheMachineAgainstNobody() {
        block(loop);
        look(1);
        watch.look(Duration.ofHours(8).toNanos());
        assertEquals(List.of(), log.warnings());
    }

    private static boolean isAlive(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(alive -> alive.getName().equals(thread));
    }

    @Test
    void shouldWatchTheRingsOfAGroupUntilItIsDisposed() {
        RingGroup group = Rings.group(Rings.options(1).blockedAfter(Duration.ofMillis(40)));
        RingScheduler ring = group.next();
        String thread = ring.toString().replaceFirst("-0$", "-watch");
        assertTrue(isAlive(thread), thread);
        block(Rings.loop(ring));
        Rings.await("it is reported", () -> log.traces().contains("waitOnTheRing"));
        letGo.countDown();
        assertEquals(1, Rings.status(ring).blocked());
        Rings.stop(group);
        Rings.await("the watch has ended", () -> !isAlive(thread));
    }

    private static boolean isWatched(RingGroup group) {
        boolean watched = isAlive(group.next().toString().replaceFirst("-0$", "-watch"));
        Rings.stop(group);
        return watched;
    }

    @Test
    void shouldWatchNothingUnasked() {
        assertFalse(isWatched(Rings.group(Rings.options(1).blockedAfter(Duration.ZERO))));
    }

    @Test
    void shouldWatchNoRingsOfAnotherKernel() {
        assertFalse(isWatched(RingGroup.create(Rings.options(1).kernel(new FakeRing()))));
        assertTrue(isWatched(Rings.group(1)));
    }
}
