// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.op.Nop;
import io.uringreactive.op.Receive;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingFeatures;
import io.uringreactive.sys.ring.RingRestrictions;
import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.sys.ring.Sockets;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.Rings;
import java.lang.foreign.Arena;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** How rings of the running kernel end: without leaving anything behind. */
class RingShutdownTest {
    /** The running kernel, which has one ring to give. */
    private static final class OneRingKernel implements Kernel {
        private final Kernel kernel = LinuxKernel.instance();
        private boolean given;

        @Override
        public RingFeatures features() {
            return kernel.features();
        }

        @Override
        public Ring openRing(RingConfig config, RingRestrictions restrictions) {
            if (given) {
                throw new RingUnavailable(RingUnavailable.Reason.OTHER, "no more", "none");
            }
            given = true;
            return kernel.openRing(config, restrictions);
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
    void shouldRunTasksThatComeAfterTheStopAtOnce() {
        RingGroup group = Rings.group(1);
        RingLoop loop = Rings.loop(group.next());
        Rings.stop(group);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 1; i <= 100; i++) {
            loop.execute(ran::incrementAndGet);
            // At once; only the ring's thread itself may still be draining, and takes it then.
            while (ran.get() < i) {
                Thread.onSpinWait();
            }
        }
        loop.execute(
                () -> {
                    throw new IllegalStateException("harmless");
                });
        loop.stop();
        assertTrue(group.isDisposed());
    }

    @Test
    @Timeout(10)
    void shouldNotDeadlockWhereLateTasksOfTwoLoopsCallEachOther() throws Exception {
        RingGroup group = Rings.group(2);
        RingLoop one = Rings.loop(group.next());
        RingLoop other = Rings.loop(group.next());
        Rings.stop(group);
        CyclicBarrier bothInside = new CyclicBarrier(2);
        CountDownLatch ran = new CountDownLatch(2);
        Thread thread =
                Thread.ofPlatform().daemon().start(() -> cross(one, other, bothInside, ran));
        cross(other, one, bothInside, ran);
        thread.join();
        ran.await();
    }

    private static void cross(
            RingLoop from, RingLoop to, CyclicBarrier inside, CountDownLatch ran) {
        from.execute(
                () -> {
                    try {
                        inside.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    to.execute(ran::countDown);
                });
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
