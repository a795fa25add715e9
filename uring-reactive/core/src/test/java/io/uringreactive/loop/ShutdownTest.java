// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.testing.FakeScheduler;
import io.uringreactive.testing.Rings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;

/** How a loop ends, on a ring without a kernel: always, and completely. */
class ShutdownTest {
    /** An operation that counts its terminal CQEs. */
    private static final class Counted extends InFlight {
        final AtomicInteger ended = new AtomicInteger();

        @Override
        protected void onCompletion(int result, int cqeFlags) {
            ended.incrementAndGet();
        }

        @Override
        protected void onCancelled() {
            ended.incrementAndGet();
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS), "waited in vain");
    }

    @Test
    void shouldLoseNoTaskThatIsGivenWhileTheLoopEnds() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            FakeScheduler fake = FakeScheduler.open();
            int tasks = 300;
            CountDownLatch ran = new CountDownLatch(2 * tasks);
            for (int producer = 0; producer < 2; producer++) {
                Thread.startVirtualThread(
                        () -> {
                            for (int i = 0; i < tasks; i++) {
                                fake.loop().execute(ran::countDown);
                            }
                        });
            }
            fake.dispose();
            await(ran);
            fake.awaitEnd();
        }
    }

    @Test
    void shouldNotMissAStopThatComesJustWhenTheLoopFallsAsleep() {
        Random random = new Random(5);
        for (int round = 0; round < 1_000; round++) {
            FakeScheduler fake = FakeScheduler.open();
            for (int spin = random.nextInt(400); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            fake.dispose();
            fake.awaitEnd();
        }
    }

    @Test
    void shouldNotMissAStopFromATaskAtTheTurnsEnd() {
        FakeScheduler fake = FakeScheduler.open();
        fake.loop().execute(() -> fake.loop().defer(fake::dispose));
        fake.awaitEnd();
    }

    @Test
    void shouldStopFromItsOwnThreadAndMoreThanOnce() {
        FakeScheduler fake = FakeScheduler.open();
        fake.schedule(
                () -> {
                    fake.dispose();
                    fake.dispose();
                    assertThrows(RejectedExecutionException.class, () -> fake.schedule(() -> {}));
                });
        fake.awaitEnd();
        fake.dispose();
        fake.awaitEnd();
    }

    @Test
    void shouldRefuseToBlockOnItsOwnEnd() throws InterruptedException {
        FakeScheduler fake = FakeScheduler.open();
        CountDownLatch refused = new CountDownLatch(1);
        fake.schedule(
                () -> {
                    try {
                        fake.disposeGracefully().block(LIMIT);
                    } catch (IllegalStateException e) {
                        refused.countDown();
                    }
                });
        await(refused);
        fake.dispose();
        fake.awaitEnd();
    }

    @Test
    void shouldRunEveryHookAndReleaseAlsoWhenOneThrows() {
        FakeScheduler fake = FakeScheduler.open();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Shutdown shutdown = fake.loop().shutdown();
        Runnable removed = () -> seen.add("removed");
        fake.schedule(
                () -> {
                    shutdown.addHook(
                            () -> {
                                throw new IllegalStateException("a hook");
                            });
                    shutdown.addHook(removed);
                    shutdown.addHook(() -> seen.add("hook"));
                    shutdown.addRelease(
                            () -> {
                                throw new IllegalStateException("a release");
                            });
                    shutdown.addRelease(() -> seen.add("release"));
                    shutdown.removeHook(removed);
                    fake.dispose();
                });
        fake.awaitEnd();
        assertEquals(List.of("hook", "release"), seen);
    }

    @Test
    void shouldWaitForWhatItsHooksDeferAndSubmit() {
        FakeScheduler fake = FakeScheduler.open();
        Counted operation = new Counted();
        RingLoop loop = fake.loop();
        AtomicInteger endedAtRelease = new AtomicInteger(-1);
        fake.schedule(
                () -> {
                    loop.shutdown()
                            .addHook(
                                    () ->
                                            loop.defer(
                                                    () ->
                                                            loop.operations()
                                                                    .begin(operation)
                                                                    .opcode(Opcode.NOP)));
                    loop.shutdown().addRelease(() -> endedAtRelease.set(operation.ended.get()));
                    fake.dispose();
                });
        fake.awaitEnd();
        assertEquals(1, endedAtRelease.get(), "the ring closed before the hook's operation ended");
    }

    @Test
    void shouldEndWhatComesIntoBeingWhileItStops() {
        FakeScheduler fake = FakeScheduler.open();
        RingLoop loop = fake.loop();
        AtomicInteger ended = new AtomicInteger();
        fake.schedule(
                () -> {
                    loop.shutdown().addHook(() -> loop.shutdown().addHook(ended::incrementAndGet));
                    fake.dispose();
                });
        fake.awaitEnd();
        assertEquals(1, ended.get(), "a latecomer was left alive");
    }

    @Test
    void shouldEndAlthoughASubscriberOfTheEndThrows() {
        FakeScheduler fake = FakeScheduler.open();
        fake.loop()
                .shutdown()
                .done()
                .subscribe(
                        new BaseSubscriber<Void>() {
                            @Override
                            protected void hookOnComplete() {
                                throw new IllegalStateException("a subscriber");
                            }
                        });
        fake.dispose();
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        Rings.await(
                "the end",
                () -> {
                    fake.loop().execute(() -> ranOn.set(Thread.currentThread()));
                    return ranOn.get() == Thread.currentThread();
                });
        assertTrue(fake.ring().isClosed());
    }

    @Test
    void shouldEndWhenTheRingHasBecomeUnusable() throws InterruptedException {
        FakeScheduler fake = FakeScheduler.open();
        CountDownLatch ran = new CountDownLatch(1);
        fake.ring().breakWith(new IllegalStateException("io_uring_enter failed with EBADR"));
        fake.loop().execute(ran::countDown);
        await(ran);
        fake.awaitEnd();
        assertTrue(fake.isDisposed());
        assertThrows(RejectedExecutionException.class, () -> fake.schedule(() -> {}));
        StepVerifier.create(fake.disposeGracefully()).expectComplete().verify(LIMIT);
    }

    @Test
    void shouldRefuseAnOperationAfterTheEndAndIgnoreACancel() {
        FakeScheduler fake = FakeScheduler.open();
        fake.dispose();
        fake.awaitEnd();
        Counted operation = new Counted();
        assertThrows(IllegalStateException.class, () -> fake.loop().operations().begin(operation));
        fake.loop().operations().cancel(operation);
        assertFalse(operation.isInFlight());
    }
}
