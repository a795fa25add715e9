// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.jmh;

import static io.uringreactive.jmh.Chain.LENGTH;

import io.uringreactive.RingScheduler;
import io.uringreactive.loop.RingLoop;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Timers of a ring that has a thousand others, as one with as many connections has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimerBenchmark {
    private static final int OTHERS = 1000;
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final OneRing ring = new OneRing();
    private final RingScheduler scheduler = ring.scheduler();
    private final RingLoop loop = ring.loop();
    private final Semaphore end = new Semaphore(0);
    private final Runnable never =
            () -> {
                throw new IllegalStateException("fired before its time");
            };
    private final Chain cancelled = new Cancelled();
    private final Chain fired = new Fired();

    @Setup
    public void addOthers() throws InterruptedException {
        for (int i = 1; i <= OTHERS; i++) {
            long delay = HOUR + i;
            loop.execute(() -> loop.after(delay, never));
        }
        loop.execute(end::release);
        Chain.awaitEnd(end);
    }

    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public void scheduleAndCancel() throws InterruptedException {
        cancelled.await();
    }

    /** All of a run are due at the next turn: what is measured is not the waiting. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public void scheduleAndFire() throws InterruptedException {
        fired.await();
    }

    /** The same as {@link #scheduleAndCancel} as a task of Reactor's, given by another thread. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public void scheduleAndDisposeAcrossThreads() throws InterruptedException {
        for (int i = 0; i < LENGTH; i++) {
            scheduler.schedule(never, 1, TimeUnit.HOURS).dispose();
        }
        loop.execute(end::release);
        Chain.awaitEnd(end);
    }

    @TearDown
    public void close() {
        ring.close();
    }

    private final class Cancelled extends Chain {
        Cancelled() {
            super(loop);
        }

        @Override
        void step() {
            for (int i = 0; i < LENGTH; i++) {
                loop.after(HOUR, never).cancel();
            }
            completed(LENGTH);
        }
    }

    private final class Fired extends Chain {
        private final Runnable fire = this::onFired;
        private int left;

        Fired() {
            super(loop);
        }

        @Override
        void step() {
            left = LENGTH;
            for (int i = 0; i < LENGTH; i++) {
                loop.after(1, fire);
            }
        }

        private void onFired() {
            if (--left == 0) {
                completed(LENGTH);
            }
        }
    }
}
