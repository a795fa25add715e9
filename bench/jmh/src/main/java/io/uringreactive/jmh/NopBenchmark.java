// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.jmh;

import static io.uringreactive.jmh.Chain.LENGTH;

import io.uringreactive.RingScheduler;
import io.uringreactive.loop.InFlight;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.op.Nop;
import io.uringreactive.sys.abi.Opcode;
import java.util.ArrayList;
import java.util.List;
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
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** From the submission of a NOP to its completion: what every operation costs besides itself. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NopBenchmark {
    /** Operations that leave with one enter. */
    private static final int BATCH = 64;

    private final OneRing ring = new OneRing();
    private final RingScheduler scheduler = ring.scheduler();
    private final Mono<Void> nop = Nop.on(scheduler);
    private final Chain single = new Batches(ring.loop(), 1);
    private final Chain batched = new Batches(ring.loop(), BATCH);
    private final Chain published = new Published(ring.loop(), nop);
    private long completedBefore;

    @Setup
    public void count() {
        completedBefore = completions();
    }

    /** Each with an enter of its own. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public void onLoop() throws InterruptedException {
        single.await();
    }

    /** {@value #BATCH} with one enter. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public void onLoopBatched() throws InterruptedException {
        batched.await();
    }

    /** As {@link #onLoop}, as the API's publisher. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public void onLoopPublished() throws InterruptedException {
        published.await();
    }

    /** Submitted by one thread, completed on the ring's, and back. */
    @Benchmark
    public void acrossThreads() {
        nop.block(OneRing.PATIENCE);
    }

    /** However often it was run, the kernel has completed something. */
    @TearDown
    public void close() {
        long completed = completions() - completedBefore;
        ring.close();
        if (completed < 1) {
            throw new IllegalStateException("no operation has gone through the ring");
        }
    }

    private long completions() {
        return scheduler
                .status()
                .blockOptional(OneRing.PATIENCE)
                .orElseThrow()
                .counters()
                .completions();
    }

    /** NOPs without a publisher around them, some at a time. */
    private static final class Batches extends Chain {
        private final List<InFlight> operations = new ArrayList<>();
        private final RingLoop loop;
        private int pending;

        Batches(RingLoop loop, int size) {
            super(loop);
            this.loop = loop;
            for (int i = 0; i < size; i++) {
                operations.add(new Operation());
            }
        }

        @Override
        void step() {
            pending = operations.size();
            for (int i = 0; i < pending; i++) {
                loop.operations().begin(operations.get(i)).opcode(Opcode.NOP).fd(-1);
            }
        }

        private final class Operation extends InFlight {
            @Override
            protected void onCompletion(int result, int cqeFlags) {
                if (result == 0 && --pending == 0) {
                    completed(operations.size());
                }
            }

            @Override
            protected void onCancelled() {
                throw new IllegalStateException("nobody has cancelled it");
            }
        }
    }

    private static final class Published extends Chain {
        private final Mono<Void> nop;

        Published(RingLoop loop, Mono<Void> nop) {
            super(loop);
            this.nop = nop;
        }

        @Override
        void step() {
            nop.subscribe(
                    new BaseSubscriber<>() {
                        @Override
                        protected void hookOnComplete() {
                            completed(1);
                        }
                    });
        }
    }
}
