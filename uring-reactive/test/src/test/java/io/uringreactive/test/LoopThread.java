// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import org.jspecify.annotations.Nullable;

/** A thread that owns a ring and runs a script on it. */
final class LoopThread {
    interface Script {
        void run(Loop loop);
    }

    final Ring ring;
    private final Thread thread;
    private volatile boolean done;
    private volatile @Nullable Throwable failure;

    private LoopThread(Kernel kernel, Script script, RingConfig config) {
        this.ring = kernel.openRing(config);
        this.thread =
                new Thread(
                        () -> {
                            try {
                                ring.enable();
                                script.run(new Loop(kernel, ring));
                                ring.close();
                            } catch (Throwable e) {
                                failure = e;
                            } finally {
                                done = true;
                            }
                        });
        thread.setDaemon(true);
    }

    static LoopThread start(Kernel kernel, Script script) {
        return start(kernel, script, new RingConfig(64, 256));
    }

    static LoopThread start(Kernel kernel, Script script, RingConfig config) {
        LoopThread loop = new LoopThread(kernel, script, config);
        loop.thread.start();
        return loop;
    }

    boolean isDone() {
        return done;
    }

    void join() throws InterruptedException {
        thread.join();
    }

    void rethrow() {
        Throwable found = failure;
        if (found instanceof Error e) {
            throw e;
        }
        if (found != null) {
            throw new AssertionError("the script failed", found);
        }
    }

    /** Runs one script on a hundred kernels that have {@code fault} so often; nothing may leak. */
    static void runWith(Fault fault, double probability, Script script) {
        SimulationFaults faults = SimulationFaults.none().with(fault, probability);
        for (long seed = 0; seed < 100; seed++) {
            try (SimulatedKernel kernel = SimulatedKernel.seeded(seed, faults)) {
                run(kernel, script);
                kernel.assertNothingLeaked();
            }
        }
    }

    /** Runs one script to its end. */
    static void run(SimulatedKernel kernel, Script script) {
        LoopThread loop = start(kernel, script);
        kernel.run(loop::isDone);
        loop.rethrow();
    }
}
