// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.Rings;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No wake-up is lost: every task runs although the loop has nothing else to wake it. */
class InboxTest {
    private RingGroup group;
    private List<RingScheduler> rings;

    @BeforeEach
    void open() {
        group = Rings.group(2);
        rings = group.rings();
    }

    @AfterEach
    void close() {
        Rings.stop(group);
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException {
        assertTrue(
                latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS),
                what + ": " + latch.getCount() + " never ran");
    }

    @Test
    void shouldWakeASleepingLoopForEverySingleTask() throws InterruptedException {
        RingLoop loop = Rings.loop(rings.getFirst());
        Semaphore ran = new Semaphore(0);
        long entersBefore = Rings.status(rings.getFirst()).counters().enters();
        int rounds = 5_000;
        for (int round = 0; round < rounds; round++) {
            // One at a time: in between the loop has nothing to do and goes to sleep.
            loop.execute(ran::release);
            assertTrue(
                    ran.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS),
                    "a wake-up was lost in round " + round);
        }
        long enters = Rings.status(rings.getFirst()).counters().enters() - entersBefore;
        assertTrue(enters > rounds / 10, "the loop hardly slept: " + enters);
    }

    @Test
    void shouldWakeForTasksThatComeJustWhenTheLoopFallsAsleep() throws InterruptedException {
        RingLoop loop = Rings.loop(rings.getFirst());
        Semaphore ran = new Semaphore(0);
        Random random = new Random(1);
        for (int round = 0; round < 30_000; round++) {
            AtomicBoolean awake = new AtomicBoolean();
            loop.execute(() -> awake.set(true));
            while (!awake.get()) {
                Thread.onSpinWait();
            }
            // From here the loop needs less than a microsecond until it sleeps.
            for (int spin = random.nextInt(30); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            loop.execute(ran::release);
            assertTrue(
                    ran.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS),
                    "a wake-up was lost in round " + round);
        }
    }

    @Test
    void shouldPassABallBetweenTwoRingsWithoutLosingIt() throws InterruptedException {
        RingLoop left = Rings.loop(rings.get(0));
        RingLoop right = Rings.loop(rings.get(1));
        int passes = 5_000;
        CountDownLatch done = new CountDownLatch(passes);
        pass(left, right, done);
        await(done, "passes");
    }

    private static void pass(RingLoop to, RingLoop back, CountDownLatch left) {
        to.execute(
                () -> {
                    assert to.isInLoop();
                    left.countDown();
                    if (left.getCount() > 0) {
                        pass(back, to, left);
                    }
                });
    }

    @Test
    void shouldLoseNothingUnderManyProducersInBurstsLongerThanAChunk() throws InterruptedException {
        RingLoop loop = Rings.loop(rings.getFirst());
        int producers = 4;
        int bursts = 60;
        int burst = 700;
        for (int round = 0; round < bursts; round++) {
            CountDownLatch done = new CountDownLatch(producers * burst);
            AtomicInteger inLoop = new AtomicInteger();
            for (int p = 0; p < producers; p++) {
                Thread.startVirtualThread(
                        () -> {
                            for (int i = 0; i < burst; i++) {
                                loop.execute(
                                        () -> {
                                            if (loop.isInLoop()) {
                                                inLoop.incrementAndGet();
                                            }
                                            done.countDown();
                                        });
                            }
                        });
            }
            await(done, "tasks of round " + round);
            assertEquals(producers * burst, inLoop.get());
        }
    }

    @Test
    void shouldExchangeManyTasksInBothDirectionsAtOnce() throws InterruptedException {
        int balls = 16;
        int passes = 500;
        CountDownLatch[] done = new CountDownLatch[balls];
        for (int ball = 0; ball < balls; ball++) {
            done[ball] = new CountDownLatch(passes);
            RingLoop first = Rings.loop(rings.get(ball % 2));
            RingLoop second = Rings.loop(rings.get(1 - ball % 2));
            pass(first, second, done[ball]);
        }
        for (int ball = 0; ball < balls; ball++) {
            await(done[ball], "passes of ball " + ball);
        }
    }
}
