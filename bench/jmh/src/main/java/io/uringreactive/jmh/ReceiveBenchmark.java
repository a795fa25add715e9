// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.jmh;

import io.netty.buffer.ByteBuf;
import io.uringreactive.RingGroupOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * From the socket to {@code onNext}, and the buffer back to the kernel: 64 bytes each, of which the
 * peer writes 64 KiB at a time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReceiveBenchmark {
    private static final int BUFFER_BYTES = 64;
    private static final int BUFFERS = 4096;
    private static final int WRITE_BYTES = 64 * 1024;
    private static final int SIGNALS = WRITE_BYTES / BUFFER_BYTES;

    /** How much a subscriber asks for at a time; it asks again after three quarters of it. */
    @Param({"unbounded", "32"})
    public String demand = "unbounded";

    private final ByteBuffer written = ByteBuffer.allocateDirect(WRITE_BYTES);
    private final Semaphore end = new Semaphore(0);
    private final Loopback loopback =
            new Loopback(RingGroupOptions.defaults().buffers(BUFFERS, BUFFER_BYTES));

    private final Counting counting = new Counting(end);

    @Setup
    public void subscribe() {
        counting.batch = demand.equals("unbounded") ? Long.MAX_VALUE : Long.parseLong(demand);
        loopback.connection().receive().subscribe(counting);
    }

    @Benchmark
    @OperationsPerInvocation(SIGNALS)
    public void onNext() throws IOException, InterruptedException {
        written.clear();
        while (written.hasRemaining()) {
            loopback.peer().write(written);
        }
        Chain.awaitEnd(end);
    }

    @TearDown
    public void close() throws IOException {
        counting.dispose();
        loopback.close();
    }

    /** Says when all that was written has arrived, and no byte more or less. */
    private static final class Counting extends BaseSubscriber<ByteBuf> {
        private final Semaphore end;
        private long batch;
        private long consumed;
        private int bytes;

        Counting(Semaphore end) {
            this.end = end;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(batch);
        }

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            bytes += buffer.readableBytes();
            buffer.release();
            if (bytes == WRITE_BYTES) {
                bytes = 0;
                end.release();
            }
            if (++consumed == batch - batch / 4) {
                request(consumed);
                consumed = 0;
            }
        }
    }
}
