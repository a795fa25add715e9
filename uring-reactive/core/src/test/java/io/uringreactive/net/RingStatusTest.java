// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** What a ring tells of itself. */
class RingStatusTest extends KernelTest {
    private static final int BUFFERS = 64;
    private static final long SPIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @Override
    RingGroupOptions options(RingGroupOptions defaults) {
        return defaults.rings(1).buffers(BUFFERS, 1024);
    }

    private static void spin() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < SPIN_NANOS) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldCountItsTurnsAndTheTimeThatTasksTake() {
        RingScheduler ring = group().next();
        RingStatus before = status(ring);
        Await.done(Mono.<Void>fromRunnable(RingStatusTest::spin).subscribeOn(ring));
        RingStatus after = status(ring);
        assertTrue(after.turns() > before.turns(), after::toString);
        assertTrue(after.busyNanos() - before.busyNanos() >= SPIN_NANOS, after::toString);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREDIT", "ONE_SHOT"})
    void shouldCountMultishotsThatAreArmedAgain(ReceiveMode mode) {
        RingGroup group = group(mode);
        RingScheduler ring = group.next();
        long before = status(ring).rearms();
        try (Pair pair = Pair.open(group)) {
            Taker taker = Taker.requesting(1);
            pair.connection().receive().subscribe(taker);
            int bytes = 1_000_000; // far more than a window: the credit is spent again and again
            Thread writing = Thread.ofPlatform().start(() -> pair.peer().writeSequence(0, bytes));
            Await.until(
                    "all was received",
                    () -> {
                        taker.request(1);
                        return taker.bytes() == bytes;
                    });
            Await.until("all was written", () -> !writing.isAlive());
        }
        long rearms = status(ring).rearms() - before;
        assertEquals(mode == ReceiveMode.CREDIT, rearms > 0, () -> rearms + " re-arms");
    }

    @Test
    void shouldTellHowManyBuffersAreLeft() {
        RingScheduler ring = group().next();
        try (Pair pair = Pair.open(group())) {
            pair.peer().write("x");
            ByteBuf held = Await.get(pair.connection().receive().next());
            assertEquals(1, status(ring).buffersOut());
            assertEquals(BUFFERS - 1, status(ring).buffersFree());
            held.release();
            assertEquals(BUFFERS, status(ring).buffersFree());
        }
    }
}
