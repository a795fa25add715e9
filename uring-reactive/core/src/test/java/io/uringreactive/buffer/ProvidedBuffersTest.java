// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.loop.Carries;
import io.uringreactive.loop.InFlight;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.op.Receive;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.Rings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pool with the running kernel: bytes through buffers that are never enough. */
class ProvidedBuffersTest {
    private static final int TOTAL = 400_000;

    private RingGroup group;
    private RingScheduler ring;

    @BeforeEach
    void open() {
        group = Rings.group(Rings.options(1).buffers(8, 512));
        ring = group.next();
    }

    @AfterEach
    void close() {
        Rings.stop(group);
    }

    /** A multishot receive that parks when it is starved. */
    private static final class Reading extends InFlight {
        private final RingLoop loop;
        private final BufferPool pool;
        private final int fd;
        private final Consumer<ByteBuf> consumer;
        final List<String> failures = new CopyOnWriteArrayList<>();
        volatile boolean ended;

        Reading(UringScheduler ring, int fd, Consumer<ByteBuf> consumer) {
            this.loop = ring.loop();
            this.pool = ring.buffers();
            this.fd = fd;
            this.consumer = consumer;
        }

        void arm() {
            Receive.prepareUnbounded(loop.operations().begin(this), fd, pool.group());
        }

        void stop() {
            loop.operations().cancel(this);
        }

        @Override
        protected Carries carries() {
            return Carries.BUFFER;
        }

        @Override
        protected void onCompletion(int result, int cqeFlags) {
            if (result > 0) {
                consumer.accept(pool.take(CqeFlags.bufferId(cqeFlags), result, true));
            } else if (CqeFlags.hasBuffer(cqeFlags)) {
                pool.discard(CqeFlags.bufferId(cqeFlags), result);
            }
            if (result == 0) {
                ended = true;
            } else if (Errno.ENOBUFS.is(result)) {
                pool.park(this::arm);
            } else if (result < 0) {
                failures.add(Errno.name(result));
            } else if (!isInFlight()) {
                arm();
            }
        }

        @Override
        protected void onCancelled() {
            ended = true;
        }
    }

    private Reading read(Loopback.Pair pair, Consumer<ByteBuf> consumer) {
        Reading[] reading = new Reading[1];
        UringScheduler scheduler = UringScheduler.of(ring);
        Rings.loop(ring)
                .execute(
                        () -> {
                            reading[0] = new Reading(scheduler, pair.fd(), consumer);
                            reading[0].arm();
                        });
        Rings.settle(ring);
        return reading[0];
    }

    private static void write(Loopback.Pair pair) {
        try {
            OutputStream out = pair.peer().getOutputStream();
            byte[] piece = new byte[1_000];
            for (int sent = 0; sent < TOTAL; sent += piece.length) {
                for (int i = 0; i < piece.length; i++) {
                    piece[i] = (byte) ((sent + i) % 251);
                }
                out.write(piece);
            }
            pair.peer().shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Checks that the bytes come in order and whole. */
    private static final class Checker {
        final AtomicLong bytes = new AtomicLong();
        volatile long wrongAt = -1;

        void check(ByteBuf buffer) {
            long at = bytes.get();
            for (byte value : ByteBufUtil.getBytes(buffer)) {
                if (value != (byte) (at % 251) && wrongAt < 0) {
                    wrongAt = at;
                }
                at++;
            }
            bytes.set(at);
        }
    }

    private void assertWhole(Reading reading, Checker checker) {
        Rings.await("the end", () -> reading.ended);
        assertEquals(List.of(), reading.failures);
        assertEquals(-1, checker.wrongAt, "wrong bytes");
        assertEquals(TOTAL, checker.bytes.get());
        Rings.await("buffers back", () -> Rings.status(ring).buffersOut() == 0);
        assertEquals(0, Rings.status(ring).inFlight());
    }

    @Test
    void shouldDeliverEveryByteInOrderWhenReleasedOnTheLoop() {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            Checker checker = new Checker();
            Reading reading =
                    read(
                            pair,
                            buffer -> {
                                checker.check(buffer);
                                buffer.release();
                            });
            write(pair);
            assertWhole(reading, checker);
        }
    }

    @Test
    void shouldDeliverEveryByteToAConsumerThatHoldsBuffersOnAnotherThread()
            throws InterruptedException {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            Checker checker = new Checker();
            BlockingQueue<ByteBuf> queue = new LinkedBlockingQueue<>();
            Reading reading = read(pair, queue::add);
            Thread writer = Thread.startVirtualThread(() -> write(pair));
            Deque<ByteBuf> held = new ArrayDeque<>();
            while (checker.bytes.get() < TOTAL) {
                ByteBuf buffer = queue.poll(20, TimeUnit.SECONDS);
                assertTrue(buffer != null, "stalled at " + checker.bytes.get());
                checker.check(buffer);
                held.add(buffer);
                if (held.size() > 6) {
                    held.remove().release();
                }
            }
            held.forEach(ByteBuf::release);
            assertTrue(writer.join(Rings.LIMIT));
            assertWhole(reading, checker);
            assertTrue(Rings.status(ring).buffersCopied() > 0, "the low-water mark was not met");
        }
    }

    @Test
    void shouldParkWhenEveryBufferIsUsedAndGoOnWhenOneComesBack() {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            Checker checker = new Checker();
            Reading reading =
                    read(
                            pair,
                            buffer -> {
                                checker.check(buffer);
                                buffer.release();
                            });
            // The loop is busy while everything arrives: one turn finds more than 8 buffers' worth.
            Thread writer = new Thread(() -> write(pair));
            Rings.loop(ring)
                    .execute(
                            () -> {
                                writer.start();
                                long busyUntil = System.nanoTime() + 50_000_000L;
                                while (System.nanoTime() - busyUntil < 0) {
                                    Thread.onSpinWait();
                                }
                            });
            assertWhole(reading, checker);
            assertTrue(Rings.status(ring).buffersStarved() > 0, "it was never starved");
        }
    }

    @Test
    void shouldTakeBackWhatArrivesAfterACancel() throws IOException {
        try (Loopback listener = Loopback.listen()) {
            for (int round = 0; round < 50; round++) {
                try (Loopback.Pair pair = listener.pair(ring)) {
                    Reading reading = read(pair, ByteBuf::release);
                    int late = round % 3;
                    Rings.loop(ring)
                            .execute(
                                    () -> {
                                        send(pair, late);
                                        reading.stop();
                                        send(pair, late);
                                    });
                    Rings.await("the terminal CQE", () -> reading.ended);
                    assertEquals(0, Rings.status(ring).buffersOut(), "round " + round);
                }
            }
        }
    }

    private static void send(Loopback.Pair pair, int times) {
        try {
            for (int i = 0; i < times; i++) {
                pair.peer().getOutputStream().write(new byte[700]);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldTakeAReleaseAfterTheGroupHasStopped() throws IOException {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring)) {
            List<ByteBuf> held = new CopyOnWriteArrayList<>();
            Reading reading = read(pair, held::add);
            pair.peer().getOutputStream().write(new byte[] {1, 2, 3});
            Rings.await("a buffer", () -> !held.isEmpty());
            Rings.stop(group);
            assertFalse(reading.isInFlight());
            assertEquals(0x010203, held.getFirst().getMedium(0), "its memory outlives the ring");
            assertTrue(held.getFirst().release());
        }
    }
}
