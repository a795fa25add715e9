// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.testing.FakeScheduler;
import io.uringreactive.testing.Rings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A ring's buffers, their ids and who has them; the kernel is played by the test. */
class BufferPoolTest {
    private static final int BYTES = 256;

    private final FakeScheduler scheduler = FakeScheduler.open();

    @AfterEach
    void close() {
        scheduler.close();
    }

    private BufferPool pool(int count) {
        return scheduler.call(
                () ->
                        new BufferPool(
                                scheduler.loop(),
                                RingGroupOptions.defaults().buffers(count, BYTES)));
    }

    /** What the kernel was given, in order, since the beginning. */
    private List<Integer> provided() {
        scheduler.nextTurn();
        return scheduler.call(() -> List.copyOf(scheduler.ring().provided()));
    }

    private ByteBuf take(BufferPool pool, int bufferId, int length) {
        return scheduler.call(() -> pool.take(bufferId, length, true));
    }

    private int out(BufferPool pool) {
        return scheduler.call(pool::outCount);
    }

    @Test
    void shouldPublishEachBufferOnceAndNoMoreThanTheTarget() {
        BufferPool pool = pool(256);
        assertEquals(IntStream.range(0, 64).boxed().toList(), provided());
        assertEquals(0, out(pool));
    }

    @Test
    void shouldPublishAllWhereThereAreFewerThanTheTarget() {
        assertEquals(0, out(pool(8)));
        assertEquals(IntStream.range(0, 8).boxed().toList(), provided());
    }

    @Test
    void shouldHandOutTheBytesThatWereReceivedAndTakeTheIdBack() {
        BufferPool pool = pool(8);
        ByteBuf buffer = take(pool, 3, 100);
        assertEquals(100, buffer.readableBytes());
        assertEquals(BYTES, buffer.capacity());
        assertEquals(1, out(pool));
        scheduler.run(
                () -> assertTrue(buffer.release(), "released on the loop, the id is back at once"));
        assertEquals(0, out(pool));
        assertEquals(3, provided().getLast(), "the free one is published again");
    }

    @Test
    void shouldTakeTheIdBackWhenReleasedOnAnotherThread() throws InterruptedException {
        BufferPool pool = pool(8);
        ByteBuf buffer = take(pool, 5, 10);
        Thread thread = Thread.startVirtualThread(buffer::release);
        assertTrue(thread.join(LIMIT));
        assertEquals(0, buffer.refCnt());
        assertEquals(0, out(pool));
    }

    @Test
    void shouldKeepBuffersApart() {
        BufferPool pool = pool(8);
        List<ByteBuf> buffers = new ArrayList<>();
        for (int id = 0; id < 6; id++) {
            buffers.add(take(pool, id, BYTES));
        }
        for (int id = 0; id < 6; id++) {
            buffers.get(id).setZero(0, BYTES).setByte(id, id + 1).setByte(BYTES - 1, 99);
        }
        for (int id = 0; id < 6; id++) {
            for (int index = 0; index < BYTES; index++) {
                int wanted = index == id ? id + 1 : index == BYTES - 1 ? 99 : 0;
                assertEquals(wanted, buffers.get(id).getByte(index), id + " at " + index);
            }
        }
        buffers.forEach(ByteBuf::release);
        assertEquals(0, out(pool));
    }

    @Test
    void shouldRefuseASecondRecycle() {
        BufferPool pool = pool(8);
        ByteBuf buffer = take(pool, 2, 10);
        scheduler.run(() -> assertTrue(buffer.release()));
        IllegalStateException published =
                assertThrows(
                        IllegalStateException.class, () -> scheduler.run(() -> pool.recycle(2)));
        assertTrue(published.toString().contains("recycled twice"));
        assertThrows(IllegalStateException.class, () -> scheduler.run(() -> pool.recycle(7)));
        assertEquals(0, out(pool));
    }

    @Test
    void shouldRefuseABufferThatTheKernelDoesNotHave() {
        BufferPool pool = pool(256);
        ByteBuf buffer = take(pool, 1, 10);
        assertThrows(IllegalStateException.class, () -> take(pool, 1, 10));
        assertThrows(IllegalStateException.class, () -> take(pool, 200, 10));
        assertThrows(IllegalStateException.class, () -> scheduler.run(() -> pool.discard(1, 0)));
        buffer.release();
        assertEquals(0, out(pool));
    }

    @Test
    void shouldTakeBackADiscardedBufferUnread() {
        BufferPool pool = pool(8);
        scheduler.run(() -> pool.discard(4, 0));
        assertEquals(0, out(pool));
        assertEquals(4, provided().getLast());
    }

    @Test
    void shouldCopyOutBelowTheLowWaterMarkAndTakeTheIdBackAtOnce() {
        BufferPool pool = pool(16);
        List<ByteBuf> held = new ArrayList<>();
        for (int id = 0; id < 12; id++) {
            held.add(take(pool, id, 50));
        }
        assertEquals(12, out(pool), "a quarter of 16 is left");
        ByteBuf copy = take(pool, 13, BYTES);
        assertEquals(12, out(pool));
        assertEquals(1, (long) scheduler.call(pool::copiedCount));
        assertFalse(copy.unwrap() instanceof ReceivedByteBuf);
        copy.release();
        ByteBuf small = take(pool, 14, 3);
        assertEquals(3, small.readableBytes());
        assertEquals(BYTES / 2, small.capacity());
        small.release();
        held.forEach(ByteBuf::release);
        assertEquals(0, out(pool));
        scheduler.nextTurn();
        ByteBuf direct = take(pool, 13, 50);
        assertInstanceOf(ReceivedByteBuf.class, direct.unwrap());
        direct.release();
        assertEquals(2, (long) scheduler.call(pool::copiedCount));
    }

    @Test
    void shouldCopyTheBytesThatWereReceived() {
        BufferPool pool = pool(4);
        ByteBuf first = take(pool, 0, BYTES);
        for (int i = 0; i < BYTES; i++) {
            first.setByte(i, 255 - i);
        }
        first.release();
        assertEquals(0, out(pool));
        scheduler.nextTurn(); // only at a turn's end the kernel gets it back
        List<ByteBuf> others = List.of(take(pool, 1, 1), take(pool, 2, 1), take(pool, 3, 1));
        ByteBuf copy = take(pool, 0, BYTES);
        assertEquals(1, (long) scheduler.call(pool::copiedCount));
        for (int i = 0; i < BYTES; i++) {
            assertEquals((byte) (255 - i), copy.getByte(i));
        }
        copy.release();
        others.forEach(ByteBuf::release);
        assertEquals(0, out(pool));
    }

    @Test
    void shouldRunParkedReceivesInTurnWhenBuffersComeBack() {
        BufferPool pool = pool(2);
        ByteBuf first = take(pool, 0, 1);
        ByteBuf second = take(pool, 1, 1);
        List<ByteBuf> received = new ArrayList<>();
        List<String> ran = new ArrayList<>();
        Runnable unparked = () -> ran.add("unparked");
        scheduler.run(
                () -> {
                    pool.park(
                            () -> {
                                ran.add("a");
                                received.add(pool.take(0, 1, true));
                            });
                    pool.park(unparked);
                    pool.park(
                            () -> {
                                ran.add("b");
                                received.add(pool.take(1, 1, true));
                            });
                    pool.park(() -> ran.add("c"));
                    pool.unpark(unparked);
                    pool.unpark(() -> {});
                });
        scheduler.nextTurn();
        assertEquals(List.of(), scheduler.call(() -> List.copyOf(ran)));
        assertEquals(4, (long) scheduler.call(pool::starvedCount));
        first.release();
        scheduler.nextTurn();
        scheduler.nextTurn();
        assertEquals(List.of("a"), scheduler.call(() -> List.copyOf(ran)), "one buffer feeds one");
        second.release();
        scheduler.nextTurn();
        scheduler.nextTurn();
        assertEquals(List.of("a", "b"), scheduler.call(() -> List.copyOf(ran)));
        received.forEach(ByteBuf::release);
        scheduler.nextTurn();
        assertEquals(List.of("a", "b", "c"), scheduler.call(() -> List.copyOf(ran)));
    }

    @Test
    void shouldLetAParkedReceiveUnparkAnother() {
        BufferPool pool = pool(4);
        List<String> ran = new ArrayList<>();
        Runnable other = () -> ran.add("other");
        scheduler.run(
                () -> {
                    pool.park(
                            () -> {
                                ran.add("first");
                                pool.unpark(other);
                            });
                    pool.park(other);
                });
        scheduler.nextTurn();
        assertEquals(List.of("first"), scheduler.call(() -> List.copyOf(ran)));
    }

    @Test
    void shouldReuseTheSameFewBuffers() {
        BufferPool pool = pool(256);
        int next = 0;
        for (int i = 0; i < 500; i++) {
            int id = provided().get(next++);
            ByteBuf buffer = take(pool, id, 1);
            scheduler.run(() -> assertTrue(buffer.release()));
        }
        assertTrue(
                new HashSet<>(provided()).size() <= 65,
                "memory walked through: " + new HashSet<>(provided()).size());
    }

    @Test
    void shouldTakeAReleaseAfterTheRingHasStopped() {
        BufferPool pool = pool(8);
        ByteBuf buffer = take(pool, 1, 20);
        buffer.setLong(0, 42);
        scheduler.close();
        assertEquals(42, buffer.getLong(0), "the slab outlives the ring");
        assertTrue(buffer.release());
        Rings.await("the loop's thread, if it still runs, takes it", () -> pool.outCount() == 0);
    }

    @Test
    void shouldNotLoseAnIdToManyReleasingThreads() {
        BufferPool pool = pool(64);
        for (int round = 0; round < 200; round++) {
            List<ByteBuf> buffers =
                    scheduler.call(
                            () -> {
                                List<ByteBuf> taken = new ArrayList<>();
                                for (int id = 0; id < 32; id++) {
                                    taken.add(pool.take(id, 8, true));
                                }
                                return taken;
                            });
            buffers.parallelStream().forEach(ByteBuf::release);
            Rings.await("all ids back", () -> out(pool) == 0);
            scheduler.nextTurn();
        }
        assertEquals(0, (long) scheduler.call(pool::copiedCount));
    }
}
