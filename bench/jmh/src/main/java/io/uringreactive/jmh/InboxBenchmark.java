// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.jmh;

import static io.uringreactive.jmh.Chain.LENGTH;

import io.uringreactive.loop.RingLoop;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Tasks that another thread leaves for a ring. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InboxBenchmark {
    private final OneRing ring = new OneRing();
    private final RingLoop loop = ring.loop();
    private final Semaphore end = new Semaphore(0);
    private final Runnable release = end::release;
    private int run;
    private final Runnable count = () -> run++;
    private final Runnable check = this::check;

    /** A task of many, from being put to having run: the ring is seldom asleep. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public void handOff() throws InterruptedException {
        for (int i = 0; i < LENGTH - 1; i++) {
            loop.execute(count);
        }
        loop.execute(check);
        Chain.awaitEnd(end);
    }

    /** In order, and none lost: else the end does not come. */
    private void check() {
        if (run == LENGTH - 1) {
            end.release();
        }
        run = 0;
    }

    /** One task for a ring that sleeps, until the thread that gave it knows that it has run. */
    @Benchmark
    public void roundTrip() throws InterruptedException {
        loop.execute(release);
        Chain.awaitEnd(end);
    }

    @TearDown
    public void close() {
        ring.close();
    }
}
