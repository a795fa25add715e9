// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.SocketOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A subscriber that stops asking stops the peer, and costs no more than the window. */
class BackPressureTest extends KernelTest {
    private static final int BUFFER_BYTES = 4096;
    private static final int KERNEL_BYTES = 16 * 1024;

    /** How much a peer writes against a subscriber that has stopped; the long form is 1 GiB. */
    private static final long PLENTY_BYTES = Long.getLong("backpressure.bytes", 32L * 1024 * 1024);

    /** How long a peer writes single bytes; the long form is a minute. */
    private static final Duration SINGLE_BYTES_FOR =
            Duration.ofSeconds(Long.getLong("backpressure.seconds", 1));

    @Override
    RingGroupOptions options(RingGroupOptions defaults) {
        return defaults.buffers(256, BUFFER_BYTES);
    }

    private static UnaryOperator<ListenOptions> withWindow(int windowBytes) {
        return options ->
                options.socket(SocketOptions.defaults().receiveBufferBytes(KERNEL_BYTES))
                        .connection(ConnectionOptions.defaults().windowBytes(windowBytes));
    }

    /** What has left the kernel and has not been delivered, once the acknowledgements are there. */
    private static long heldBytes(Pair pair, long written, Taker taker) {
        return written - pair.kernelQueues().bytes() - taker.bytes();
    }

    @ParameterizedTest
    @CsvSource({"CREDIT,65536", "ONE_SHOT,65536", "CREDIT,8192", "ONE_SHOT,8192", "CREDIT,1024"})
    void shouldHoldNoMoreThanTheWindowAndOneBuffer(ReceiveMode mode, int windowBytes) {
        try (Pair pair = Pair.open(group(mode), withWindow(windowBytes), KERNEL_BYTES)) {
            Taker taker = Taker.requesting(1);
            pair.connection().receive().subscribe(taker);
            long written = pair.peer().writeUntilStalled(0, PLENTY_BYTES, 64 * 1024);

            assertTrue(written < PLENTY_BYTES, "the peer's writes did not stall");
            assertEquals(1, taker.buffers());
            long held = heldBytes(pair, written, taker);
            assertTrue(
                    held <= windowBytes + BUFFER_BYTES,
                    () -> held + " bytes held, window " + windowBytes);

            // One more buffer frees no half of the window: nothing more is received for it.
            taker.ask(1);
            Await.until("the second buffer", () -> taker.buffers() == 2);

            taker.ask(Long.MAX_VALUE);
            pair.peer().writeSequence(written, PLENTY_BYTES);
            pair.peer().shutdownOutput();
            assertEquals(Optional.empty(), taker.end());
            assertEquals(PLENTY_BYTES, taker.bytes());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldHoldTheBoundAtEveryStepOfASlowSubscriber(ReceiveMode mode) {
        int windowBytes = 16 * 1024;
        try (Pair pair = Pair.open(group(mode), withWindow(windowBytes), KERNEL_BYTES)) {
            Taker taker = Taker.requesting(0);
            pair.connection().receive().subscribe(taker);
            long written = 0;
            for (int step = 1; step <= 8; step++) {
                taker.ask(2);
                written = pair.peer().writeUntilStalled(written, Long.MAX_VALUE, 10_000);
                long held = heldBytes(pair, written, taker);
                assertTrue(held <= windowBytes + BUFFER_BYTES, () -> held + " bytes held");
                assertEquals(2 * step, taker.buffers());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldHoldFewBuffersAgainstSingleBytes(ReceiveMode mode) {
        int windowBytes = 16 * 1024;
        try (Pair pair = Pair.open(group(mode), withWindow(windowBytes), KERNEL_BYTES)) {
            RingScheduler ring = (RingScheduler) pair.connection().scheduler();
            Taker taker = Taker.requesting(1);
            pair.connection().receive().subscribe(taker);
            long at = 0;
            long end = System.nanoTime() + SINGLE_BYTES_FOR.toNanos();
            // The kernel joins bytes while it waits: what is an eighth of a buffer has one.
            int buffersMax = 8 * windowBytes / BUFFER_BYTES + 2;
            while (System.nanoTime() - end < 0) {
                at = pair.peer().writeUntilStalled(at, at + 2_000, 1);
                int out = status(ring).buffersOut();
                assertTrue(out <= buffersMax, () -> out + " buffers held for single bytes");
            }
            long held = heldBytes(pair, at, taker);
            assertTrue(held <= windowBytes + BUFFER_BYTES, () -> held + " bytes held");
            assertEquals(1, taker.buffers());

            taker.ask(Long.MAX_VALUE);
            pair.peer().shutdownOutput();
            assertEquals(Optional.empty(), taker.end());
            assertEquals(at, taker.bytes());
        }
    }
}
