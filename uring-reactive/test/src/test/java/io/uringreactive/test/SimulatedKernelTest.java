// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.test.Loop.Cqe;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The simulation itself: turns, time, seeds, and what it watches over. */
class SimulatedKernelTest {
    @Test
    void shouldReplayASeedAndDifferBetweenSeeds() {
        long first = digest(11);
        assertEquals(first, digest(11));
        assertEquals(first, digest(11));
        assertNotEquals(first, digest(12));
    }

    private static long digest(long seed) {
        // Each waits for all of its completions: what it has begun must not fail.
        SimulationFaults faults =
                SimulationFaults.heavy().without(Fault.CONNECT_ERROR).without(Fault.INTERRUPTED);
        try (SimulatedKernel kernel = SimulatedKernel.seeded(seed, faults)) {
            LoopThread one = LoopThread.start(kernel, SimulatedKernelTest::chatter);
            LoopThread two = LoopThread.start(kernel, SimulatedKernelTest::chatter);
            kernel.run(() -> one.isDone() && two.isDone());
            one.rethrow();
            two.rethrow();
            return kernel.traceDigest();
        }
    }

    /** Many operations at once, whatever becomes of them. */
    private static void chatter(Loop loop) {
        int listener = loop.listener(0, 16);
        for (int i = 0; i < 10; i++) {
            int client = loop.sockets.stream(SocketNumbers.AF_INET);
            loop.connect(client, loop.port(listener), 100 + i);
            loop.prepare(Opcode.ACCEPT, listener, 200 + i);
            Cqe accepted = loop.await(200 + i);
            loop.await(100 + i);
            if (accepted.result() > 0) {
                loop.send(client, 100, 300 + i);
                loop.receive(accepted.result(), 100, 400 + i);
                loop.await(400 + i);
                loop.await(300 + i);
                loop.sockets.close(accepted.result());
            }
            loop.sockets.close(client);
        }
        loop.sockets.close(listener);
    }

    @Test
    void shouldFindADeadlockAndSayWhatIsInFlight() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(4711)) {
            LoopThread loop =
                    LoopThread.start(
                            kernel,
                            script -> {
                                int listener = script.listener(9999, 16);
                                script.prepare(Opcode.ACCEPT, listener, 1);
                                script.await(1);
                            });
            AssertionError error =
                    assertThrows(AssertionError.class, () -> kernel.run(loop::isDone));
            String message = String.valueOf(error.getMessage());
            assertTrue(message.contains("deadlock"), message);
            assertTrue(message.contains("seed 4711"), message);
            assertTrue(message.contains("ACCEPT"), message);
            assertTrue(message.contains("port 9999"), message);
        }
    }

    @Test
    void shouldMoveTheClockOnlyWhenNothingElseCanHappen() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(2)) {
            long start = kernel.nanoTime();
            int[] fired = new int[1];
            kernel.after(Duration.ofMillis(3), () -> fired[0]++);
            LoopThread loop =
                    LoopThread.start(
                            kernel,
                            script -> {
                                script.prepare(Opcode.NOP, -1, 1);
                                script.await(1);
                                assertEquals(start, script.kernel.nanoTime());
                                assertNull(script.await(2, 5));
                                assertEquals(start + 5_000_000, script.kernel.nanoTime());
                            });
            kernel.settle();
            assertEquals(start, kernel.nanoTime());
            kernel.advance(Duration.ofMillis(4));
            assertEquals(1, fired[0]);
            assertEquals(start + 4_000_000, kernel.nanoTime());
            kernel.run(loop::isDone);
            loop.rethrow();
        }
    }

    @Test
    void shouldWakeARing() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(3)) {
            LoopThread loop = LoopThread.start(kernel, script -> script.ring.enter(Long.MAX_VALUE));
            kernel.settle();
            assertEquals(false, loop.isDone());
            loop.ring.wake();
            kernel.run(loop::isDone);
            loop.ring.wake();
            loop.rethrow();
            kernel.assertNothingLeaked();
        }
    }

    @Test
    void shouldRunWhileTheTestWaitsForALatch() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(3)) {
            CountDownLatch enabled = new CountDownLatch(1);
            LoopThread loop = LoopThread.start(kernel, script -> enabled.countDown());
            kernel.await(enabled);
            kernel.run(loop::isDone);
        }
    }

    @Test
    void shouldRefuseThreadsWhoseTurnItIsNot() throws InterruptedException {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(3)) {
            LoopThread loop = LoopThread.start(kernel, script -> script.ring.enter(Long.MAX_VALUE));
            kernel.settle();
            assertThrows(IllegalStateException.class, () -> loop.ring.reserve());
            assertThrows(IllegalStateException.class, () -> loop.ring.enter(0));
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread stranger = new Thread(loop.ring::wake);
            stranger.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
            stranger.start();
            stranger.join();
            assertNotNull(thrown.get());
            assertTrue(thrown.get() instanceof IllegalStateException);
        }
    }

    @Test
    void shouldFailWhenALoopDoesNotGiveItsTurnBack() {
        SimulationOptions options =
                SimulationOptions.defaults().withWatchdog(Duration.ofMillis(100));
        CountDownLatch never = new CountDownLatch(1);
        try (SimulatedKernel kernel = SimulatedKernel.create(17, options)) {
            LoopThread loop =
                    LoopThread.start(
                            kernel,
                            script -> {
                                try {
                                    never.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            AssertionError error =
                    assertThrows(AssertionError.class, () -> kernel.run(loop::isDone));
            String message = String.valueOf(error.getMessage());
            assertTrue(message.contains("does not give the turn back"), message);
            assertTrue(message.contains("seed 17"), message);
            assertTrue(message.contains("CountDownLatch.await"), message);
        } finally {
            never.countDown();
        }
    }

    @Test
    void shouldRunOutOfDescriptors() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(8)) {
            LoopThread.run(
                    kernel,
                    loop -> {
                        int listener = loop.listener(0, 16);
                        kernel.limitDescriptors(kernel.openDescriptors());
                        loop.prepare(Opcode.ACCEPT, listener, 1);
                        assertTrue(Errno.EMFILE.is(loop.await(1).result()));
                        int none = loop.sockets.stream(SocketNumbers.AF_INET);
                        assertTrue(Errno.EMFILE.is(none));
                        loop.sockets.close(listener);
                    });
            kernel.assertNothingLeaked();
        }
    }

    @Test
    void shouldKeepCompletionsThatDoNotFitTheQueue() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(9)) {
            LoopThread loop =
                    LoopThread.start(
                            kernel,
                            script -> {
                                for (int round = 0; round < 4; round++) {
                                    for (int i = 0; i < 8; i++) {
                                        script.prepare(Opcode.NOP, -1, 8 * round + i);
                                    }
                                    script.ring.enter(0);
                                }
                                for (int i = 0; i < 32; i++) {
                                    assertEquals(0, script.await(i).result());
                                }
                            },
                            new RingConfig(8, 16));
            kernel.run(loop::isDone);
            loop.rethrow();
            assertEquals(32, loop.ring.counters().completions());
            assertEquals(32, loop.ring.counters().submitted());
        }
    }

    @Test
    void shouldPassMessagesBetweenRings() {
        try (SimulatedKernel kernel = SimulatedKernel.seeded(10)) {
            LoopThread target =
                    LoopThread.start(kernel, loop -> assertEquals(42, loop.await(7).result()));
            LoopThread sender =
                    LoopThread.start(
                            kernel,
                            loop -> {
                                loop.prepare(Opcode.MSG_RING, target.ring.descriptor(), 1)
                                        .off(7)
                                        .len(42);
                                assertEquals(0, loop.await(1).result());
                            });
            kernel.run(() -> target.isDone() && sender.isDone());
            target.rethrow();
            sender.rethrow();
            kernel.assertNothingLeaked();
        }
    }
}
