// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.jmh;

import static io.uringreactive.jmh.Chain.LENGTH;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.Connection;
import io.uringreactive.RingGroupOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * 64 bytes from a buffer to the kernel, to a peer that takes all. Each is a duplicate of one
 * buffer, which is an object of the benchmark's own in the allocation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SendBenchmark {
    private static final int MESSAGE_BYTES = 64;

    private final ByteBuf message = Unpooled.directBuffer(MESSAGE_BYTES).writeZero(MESSAGE_BYTES);
    private final Flux<ByteBuf> messages =
            Flux.range(0, LENGTH).map(ignored -> message.retainedDuplicate());
    private final Loopback loopback = new Loopback(RingGroupOptions.defaults());
    private final Connection connection = loopback.connection();
    private final Chain singles = new Singles();
    private final Thread reader =
            Thread.ofPlatform().daemon().name("reader").unstarted(this::readAll);
    private volatile long received;

    @Setup
    public void startReading() {
        reader.start();
    }

    /** To the end, which {@link #close} brings. */
    private void readAll() {
        ByteBuffer into = ByteBuffer.allocateDirect(256 * 1024);
        long total = 0;
        try {
            for (int read = 0; read >= 0; read = loopback.peer().read(into.clear())) {
                total += read;
            }
        } catch (IOException e) {
            throw new IllegalStateException("the peer cannot read", e);
        } finally {
            received = total;
        }
    }

    /** Each a send of its own, after the one before it. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public void oneByOne() throws InterruptedException {
        singles.await();
    }

    /** One send of a stream, whose buffers leave together. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public void gathered() {
        connection.send(messages).block(OneRing.PATIENCE);
    }

    /** What was sent has arrived, to the last byte. */
    @TearDown
    public void close() throws IOException, InterruptedException {
        connection.shutdownOutput().block(OneRing.PATIENCE);
        reader.join(OneRing.PATIENCE.toMillis());
        long sent = connection.sentBytes();
        loopback.close();
        if (received != sent || sent == 0 || sent % ((long) LENGTH * MESSAGE_BYTES) != 0) {
            throw new IllegalStateException(received + " bytes arrived of " + sent);
        }
    }

    private final class Singles extends Chain {
        Singles() {
            super(loopback.ring().loop());
        }

        @Override
        void step() {
            connection
                    .send(Mono.just(message.retainedDuplicate()))
                    .subscribe(
                            new BaseSubscriber<>() {
                                @Override
                                protected void hookOnComplete() {
                                    completed(1);
                                }
                            });
        }
    }
}
