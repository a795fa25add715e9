// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.testing.FakeScheduler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many buffers there may be, and what is left in one. */
class BufferPoolLimitsTest {
    private static final int BYTES = 256;

    private final FakeScheduler scheduler = FakeScheduler.open();

    @AfterEach
    void close() {
        scheduler.close();
    }

    private BufferPool pool(UnaryOperator<RingGroupOptions> change) {
        RingGroupOptions options = change.apply(RingGroupOptions.defaults().buffers(8, BYTES));
        return scheduler.call(() -> new BufferPool(scheduler.loop(), options));
    }

    private List<Integer> provided() {
        scheduler.nextTurn();
        return scheduler.call(() -> List.copyOf(scheduler.ring().provided()));
    }

    /** Takes what the kernel was given, until it has been given nothing new. */
    private List<ByteBuf> takeAll(BufferPool pool, Set<Integer> ids) {
        List<ByteBuf> taken = new ArrayList<>();
        for (int given = 0; ; ) {
            List<Integer> provided = provided();
            if (given == provided.size() || taken.size() > 100) {
                return taken;
            }
            for (int bufferId : provided.subList(given, provided.size())) {
                ids.add(bufferId);
                taken.add(scheduler.call(() -> pool.take(bufferId, BYTES, true)));
            }
            given = provided.size();
        }
    }

    @Test
    void shouldGrowWhenBuffersRunLowAndNotAboveTheLimit() {
        BufferPool pool = pool(options -> options.bufferCountMax(32));
        Set<Integer> ids = new HashSet<>();
        List<ByteBuf> taken = takeAll(pool, ids);
        assertEquals(32, ids.size(), "four times as many as at first");
        List<ByteBuf> own =
                taken.stream().filter(it -> it.unwrap() instanceof ReceivedByteBuf).toList();
        assertEquals(24, own.size(), "down to a quarter of them");
        for (int i = 0; i < own.size(); i++) {
            own.get(i).setByte(0, i).setByte(BYTES - 1, i);
        }
        for (int i = 0; i < own.size(); i++) {
            assertEquals(i, own.get(i).getByte(0), "each has memory of its own");
            assertEquals(i, own.get(i).getByte(BYTES - 1));
        }
        taken.forEach(ByteBuf::release);
        assertEquals(0, scheduler.call(pool::outCount));
    }

    @Test
    void shouldStayAsLargeAsItWasUnasked() {
        BufferPool pool = pool(options -> options);
        Set<Integer> ids = new HashSet<>();
        List<ByteBuf> taken = takeAll(pool, ids);
        assertEquals(8, ids.size());
        assertTrue(scheduler.call(pool::copiedCount) > 0, "the rest is copied out");
        taken.forEach(ByteBuf::release);
    }

    @Test
    void shouldLeaveNothingInABufferThatIsReleased() {
        BufferPool pool = pool(options -> options.zeroBuffers(true));
        ByteBuf secret = scheduler.call(() -> pool.take(3, BYTES, true));
        for (int i = 0; i < BYTES; i++) {
            secret.setByte(i, 77);
        }
        scheduler.run(() -> assertTrue(secret.release()));
        scheduler.nextTurn();
        ByteBuf next = scheduler.call(() -> pool.take(3, BYTES, true));
        for (int i = 0; i < BYTES; i++) {
            assertEquals(0, next.getByte(i));
        }
        next.release();
    }

    @Test
    void shouldPublishMoreAfterStarvingUpToAllOfThem() {
        BufferPool pool = pool(options -> options.buffers(256, BYTES));
        scheduler.run(() -> pool.park(() -> {}));
        assertEquals(128, new HashSet<>(provided()).size());
        scheduler.run(() -> pool.park(() -> {}));
        assertEquals(256, new HashSet<>(provided()).size());
        scheduler.run(() -> pool.park(() -> {}));
        assertEquals(256, provided().size());
        assertEquals(0, scheduler.call(pool::outCount));
    }
}
