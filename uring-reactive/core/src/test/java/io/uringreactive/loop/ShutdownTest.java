package io.uringreactive.loop;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.op.Nop;
import io.uringreactive.op.Receive;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingFeatures;
import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.sys.ring.Sockets;
import io.uringreactive.testing.FakeRing;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.Rings;
import java.lang.foreign.Arena;
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
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** How a loop ends: always, completely, and without touching what is gone. */
class ShutdownTest {
    /** A scheduler on a ring without a kernel. */
    private static final class FakeLoop extends LoopScheduler {
        final FakeRing ring;

        private FakeLoop(FakeRing ring) {
            super(ring, ring, "fake");
            this.ring = ring;
        }

        static FakeLoop open() {
            FakeLoop fake = new FakeLoop(new FakeRing());
            fake.loop().start();
            return fake;
        }

        void awaitDone() {
            StepVerifier.create(loop().shutdown().done()).expectComplete().verify(LIMIT);
            assertTrue(ring.isClosed());
        }
    }

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

    /** The running kernel, which has one ring to give. */
    private static final class OneRingKernel implements Kernel {
        private final Kernel kernel = LinuxKernel.instance();
        private boolean given;

        @Override
        public RingFeatures features() {
            return kernel.features();
        }

        @Override
        public Ring openRing(RingConfig config) {
            if (given) {
                throw new RingUnavailable(RingUnavailable.Reason.OTHER, "no more", "none");
            }
            given = true;
            return kernel.openRing(config);
        }

        @Override
        public Sockets sockets() {
            return kernel.sockets();
        }

        @Override
        public long nanoTime() {
            return kernel.nanoTime();
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS), "waited in vain");
    }

    // On the running kernel

    @Test
    void shouldEndWithAReceiveInFlightThatNeverCompletes() {
        Rings.assumeAvailable();
        int before = Rings.descriptors();
        RingGroup group = Rings.group(2);
        RingScheduler ring = group.next();
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            StepVerifier.create(Receive.into(ring, pair.fd(), Arena.ofAuto().allocate(16)))
                    .then(() -> Rings.settle(ring))
                    .then(ring::dispose)
                    .expectErrorMatches(e -> e.toString().contains("ECANCELED"))
                    .verify(LIMIT);
            Rings.stop(group);
        }
        Rings.awaitDescriptors(before);
    }

    @Test
    void shouldEndWithNopsFlyingAndSignalEachOfThem() {
        Rings.assumeAvailable();
        int before = Rings.descriptors();
        for (int round = 0; round < 30; round++) {
            RingGroup group = Rings.group(1);
            RingScheduler ring = group.next();
            int count = 500;
            AtomicInteger signalled = new AtomicInteger();
            for (int i = 0; i < count; i++) {
                Nop.on(ring).doOnTerminate(signalled::incrementAndGet).subscribe(v -> {}, e -> {});
                if (i == 20 * round) {
                    group.dispose();
                }
            }
            Rings.stop(group);
            Rings.await("a signal for every subscriber", () -> signalled.get() == count);
        }
        Rings.awaitDescriptors(before);
    }

    @Test
    void shouldCloseWhatWasOpenedWhenTheGroupCannotBeCreated() {
        Rings.assumeAvailable();
        int before = Rings.descriptors();
        Kernel shortOfRings = new OneRingKernel();
        assertThrows(
                RingUnavailable.class,
                () -> RingGroup.create(Rings.options(2).kernel(shortOfRings)));
        Rings.awaitDescriptors(before);
    }

    @Test
    void shouldRunTasksAfterTheStopWhereTheyAreGiven() {
        RingGroup group = Rings.group(1);
        RingLoop loop = Rings.loop(group.next());
        Rings.stop(group);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            loop.execute(() -> threads.add(Thread.currentThread()));
        }
        loop.execute(
                () -> {
                    throw new IllegalStateException("harmless");
                });
        assertEquals(Collections.nCopies(100, Thread.currentThread()), threads);
        loop.stop();
        assertTrue(group.isDisposed());
    }

    @Test
    void shouldLoseNoTaskThatIsGivenWhileTheLoopEnds() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            FakeLoop fake = FakeLoop.open();
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
            fake.awaitDone();
        }
    }

    // The stop itself

    @Test
    void shouldNotMissAStopThatComesJustWhenTheLoopFallsAsleep() {
        Random random = new Random(5);
        for (int round = 0; round < 1_000; round++) {
            FakeLoop fake = FakeLoop.open();
            for (int spin = random.nextInt(400); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            fake.dispose();
            fake.awaitDone();
        }
    }

    @Test
    void shouldNotMissAStopFromATaskAtTheTurnsEnd() {
        FakeLoop fake = FakeLoop.open();
        fake.loop().execute(() -> fake.loop().defer(fake::dispose));
        fake.awaitDone();
    }

    @Test
    void shouldStopFromItsOwnThreadAndMoreThanOnce() {
        FakeLoop fake = FakeLoop.open();
        fake.schedule(
                () -> {
                    fake.dispose();
                    fake.dispose();
                    assertThrows(RejectedExecutionException.class, () -> fake.schedule(() -> {}));
                });
        fake.awaitDone();
        fake.dispose();
        fake.awaitDone();
    }

    @Test
    void shouldRefuseToBlockOnItsOwnEnd() throws InterruptedException {
        FakeLoop fake = FakeLoop.open();
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
        fake.awaitDone();
    }

    // Hooks and releases

    @Test
    void shouldRunEveryHookAndReleaseAlsoWhenOneThrows() {
        FakeLoop fake = FakeLoop.open();
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
        fake.awaitDone();
        assertEquals(List.of("hook", "release"), seen);
    }

    @Test
    void shouldWaitForWhatItsHooksDeferAndSubmit() {
        FakeLoop fake = FakeLoop.open();
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
        fake.awaitDone();
        assertEquals(1, endedAtRelease.get(), "the ring closed before the hook's operation ended");
    }

    @Test
    void shouldEndWhatComesIntoBeingWhileItStops() {
        FakeLoop fake = FakeLoop.open();
        RingLoop loop = fake.loop();
        AtomicInteger ended = new AtomicInteger();
        fake.schedule(
                () -> {
                    loop.shutdown().addHook(() -> loop.shutdown().addHook(ended::incrementAndGet));
                    fake.dispose();
                });
        fake.awaitDone();
        assertEquals(1, ended.get(), "a latecomer was left alive");
    }

    @Test
    void shouldEndAlthoughASubscriberOfTheEndThrows() {
        FakeLoop fake = FakeLoop.open();
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
        assertTrue(fake.ring.isClosed());
    }

    // A ring that breaks

    @Test
    void shouldEndWhenTheRingHasBecomeUnusable() throws InterruptedException {
        FakeLoop fake = FakeLoop.open();
        CountDownLatch ran = new CountDownLatch(1);
        fake.ring.breakWith(new IllegalStateException("io_uring_enter failed with EBADR"));
        fake.loop().execute(ran::countDown);
        await(ran);
        fake.awaitDone();
        assertTrue(fake.isDisposed());
        assertThrows(RejectedExecutionException.class, () -> fake.schedule(() -> {}));
        StepVerifier.create(fake.disposeGracefully()).expectComplete().verify(LIMIT);
    }

    @Test
    void shouldRefuseAnOperationAfterTheEndAndIgnoreACancel() {
        FakeLoop fake = FakeLoop.open();
        fake.dispose();
        fake.awaitDone();
        Counted operation = new Counted();
        assertThrows(IllegalStateException.class, () -> fake.loop().operations().begin(operation));
        fake.loop().operations().cancel(operation);
        assertFalse(operation.isInFlight());
    }

    @Test
    void shouldGiveTheDescriptorsBackRoundAfterRound() {
        Rings.assumeAvailable();
        int before = Rings.descriptors();
        for (int round = 0; round < 50; round++) {
            RingGroup group = Rings.group(2);
            Flux.fromIterable(group.rings()).flatMap(Nop::on).blockLast(LIMIT);
            Rings.stop(group);
        }
        assertEquals(before, Rings.descriptors());
    }
}
