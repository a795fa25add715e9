// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import static io.uringreactive.buffer.Accesses.ACCESSES;
import static io.uringreactive.buffer.Accesses.OUT_OF_BOUNDS;
import static io.uringreactive.buffer.Accesses.moved;
import static io.uringreactive.buffer.Accesses.outcome;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.buffer.Accesses.Access;
import io.uringreactive.testing.FakeScheduler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A received buffer behaves as Netty's own do: the reference is {@link Unpooled#buffer}. */
class ReceivedByteBufTest {
    private static final int BYTES = 256;

    /** Not the first: an offset that is forgotten would not show there. */
    private static final int ID = 3;

    private FakeScheduler scheduler;
    private BufferPool pool;
    private ByteBuf buffer;

    @BeforeEach
    void open() {
        scheduler = FakeScheduler.open();
        pool =
                scheduler.call(
                        () ->
                                new BufferPool(
                                        scheduler.loop(),
                                        RingGroupOptions.defaults().buffers(8, BYTES)));
        buffer = scheduler.call(() -> pool.take(ID, BYTES, true));
    }

    @AfterEach
    void close() {
        if (buffer.refCnt() > 0) {
            assertTrue(buffer.release());
        }
        assertEquals(0, scheduler.call(pool::outCount), "a buffer id was lost");
        scheduler.close();
    }

    @Test
    void shouldAnswerEveryAccessAsTheReferenceDoes() {
        for (long seed = 1; seed <= 8; seed++) {
            Random random = new Random(seed);
            ByteBuf reference = Unpooled.buffer(BYTES, BYTES);
            byte[] content = new byte[BYTES];
            random.nextBytes(content);
            buffer.setBytes(0, content);
            reference.setBytes(0, content).writerIndex(BYTES);
            for (int step = 0; step < 1_000; step++) {
                int access = random.nextInt(ACCESSES.size());
                // Now and then beyond either end.
                int index = random.nextInt(BYTES + 12) - 4;
                long value = random.nextLong();
                String run =
                        "seed " + seed + ", step " + step + ", access " + access + " at " + index;
                byte[] before = ByteBufUtil.getBytes(buffer);
                Object wanted = outcome(ACCESSES.get(access), reference, index, value);
                assertEquals(wanted, outcome(ACCESSES.get(access), buffer, index, value), run);
                if (wanted.equals(OUT_OF_BOUNDS)) {
                    // The reference, an array, may be half-written then; we must not be.
                    assertArrayEquals(before, ByteBufUtil.getBytes(buffer), run);
                    reference.setBytes(0, before);
                }
                assertEquals(reference, buffer, run);
            }
            assertEquals(reference.hashCode(), buffer.hashCode());
            reference.release();
        }
    }

    @Test
    void shouldMoveItsIndicesAsTheReferenceDoes() {
        for (long seed = 1; seed <= 8; seed++) {
            Random random = new Random(seed);
            ByteBuf reference = Unpooled.buffer(BYTES, BYTES);
            buffer.clear().setZero(0, BYTES);
            for (int step = 0; step < 500; step++) {
                int choice = random.nextInt(14);
                long value = random.nextLong();
                Access access = (b, amount, v) -> moved(b, choice, amount, v);
                int amount = random.nextInt(24);
                String run = "seed " + seed + ", step " + step + ", choice " + choice;
                assertEquals(
                        outcome(access, reference, amount, value),
                        outcome(access, buffer, amount, value),
                        run);
                assertEquals(reference.readerIndex(), buffer.readerIndex(), run);
                assertEquals(reference.writerIndex(), buffer.writerIndex(), run);
                assertEquals(reference.writableBytes(), buffer.writableBytes(), run);
                assertEquals(reference, buffer, run);
                assertEquals(0, reference.compareTo(buffer), run);
            }
            reference.release();
        }
    }

    @Test
    void shouldPassThroughStreamsAndChannels(@TempDir Path directory) throws IOException {
        byte[] content = new byte[BYTES];
        new Random(1).nextBytes(content);
        assertEquals(BYTES, buffer.setBytes(0, new ByteArrayInputStream(content), BYTES));
        assertArrayEquals(content, ByteBufUtil.getBytes(buffer));
        assertEquals(-1, buffer.setBytes(0, new ByteArrayInputStream(new byte[0]), 5));
        assertEquals(2, buffer.setBytes(10, new ByteArrayInputStream(content, 10, 2), 5));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        buffer.getBytes(7, out, 100);
        assertArrayEquals(Arrays.copyOfRange(content, 7, 107), out.toByteArray());

        Path file = directory.resolve("bytes");
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            assertEquals(50, buffer.getBytes(20, channel, 3L, 50));
            assertEquals(30, buffer.getBytes(0, channel, 30));
            channel.position(3);
            buffer.setZero(0, BYTES);
            assertEquals(50, buffer.setBytes(100, channel, 50));
            assertEquals(50, buffer.setBytes(200, channel, 3L, 50));
            assertEquals(-1, buffer.setBytes(0, channel, 1_000L, 1));
        }
        // Bytes 3 to 29 were written again from the start of the buffer.
        assertArrayEquals(
                Arrays.copyOfRange(content, 3, 30), ByteBufUtil.getBytes(buffer, 100, 27));
        assertArrayEquals(
                Arrays.copyOfRange(content, 47, 70), ByteBufUtil.getBytes(buffer, 127, 23));
        assertEquals(buffer.slice(100, 50), buffer.slice(200, 50));

        ByteArrayOutputStream written = new ByteArrayOutputStream();
        buffer.setIndex(100, 150);
        assertEquals(50, buffer.readBytes(new Gathering(Channels.newChannel(written)), 50));
        assertArrayEquals(ByteBufUtil.getBytes(buffer, 100, 50), written.toByteArray());
    }

    @Test
    void shouldCheckBoundsBeforeItAllocatesAnything() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThrows(
                IndexOutOfBoundsException.class, () -> buffer.getBytes(0, out, Integer.MAX_VALUE));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.getBytes(0, out, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.copy(1, BYTES));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.copy(0, BYTES + 1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.nioBuffer(1, BYTES));
        assertEquals(0, out.size());
    }

    @Test
    void shouldGiveNioViewsOfItsOwnBytesOnly() {
        buffer.setLong(8, 0x0102030405060708L);
        ByteBuffer view = buffer.nioBuffer(8, 8);
        assertTrue(view.isDirect());
        assertEquals(ByteOrder.BIG_ENDIAN, view.order());
        assertEquals(8, view.capacity());
        assertEquals(0x0102030405060708L, view.getLong(0));
        view.put(0, (byte) 9);
        assertEquals(9, buffer.getByte(8), "a view shares the memory");
        assertEquals(1, buffer.nioBufferCount());
        assertEquals(view, buffer.nioBuffers(8, 8)[0]);
        assertEquals(view, buffer.internalNioBuffer(8, 8));
    }

    @Test
    void shouldDescribeItself() {
        assertTrue(buffer.isDirect());
        assertFalse(buffer.hasArray());
        assertTrue(buffer.hasMemoryAddress());
        assertTrue(buffer.isContiguous());
        assertFalse(buffer.isReadOnly());
        assertEquals(BYTES, buffer.maxCapacity());
        assertThrows(UnsupportedOperationException.class, buffer::array);
        assertThrows(UnsupportedOperationException.class, buffer::arrayOffset);
        ByteBuf neighbour = scheduler.call(() -> pool.take(ID + 1, 1, true));
        // A cache line between them, see BufferPool.
        assertEquals(BYTES + 64, neighbour.memoryAddress() - buffer.memoryAddress());
        neighbour.release();
        ByteBuf inner = buffer.unwrap();
        if (inner != null) {
            assertNull(
                    inner.unwrap(), "below the leak detector's wrapper there is no other buffer");
        }
    }

    @Test
    void shouldShrinkAndGrowWithinItsMemory() {
        buffer.setIndex(100, 200);
        buffer.capacity(150);
        assertEquals(150, buffer.capacity());
        assertEquals(150, buffer.writerIndex());
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.getByte(150));
        buffer.capacity(50);
        assertEquals(50, buffer.readerIndex());
        buffer.capacity(BYTES);
        assertEquals(BYTES, buffer.capacity());
        assertThrows(IllegalArgumentException.class, () -> buffer.capacity(BYTES + 1));
        assertThrows(IllegalArgumentException.class, () -> buffer.capacity(-1));
        buffer.setIndex(0, BYTES);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.writeByte(1));
    }

    @Test
    void shouldOverlapInItself() {
        ByteBuf reference = Unpooled.buffer(BYTES, BYTES).writerIndex(BYTES);
        for (int i = 0; i < BYTES; i++) {
            buffer.setByte(i, i);
            reference.setByte(i, i);
        }
        buffer.setBytes(10, buffer, 0, 100);
        reference.setBytes(10, reference, 0, 100);
        assertEquals(reference, buffer);
        buffer.getBytes(50, buffer, 40, 100);
        reference.getBytes(50, reference, 40, 100);
        assertEquals(reference, buffer);
        reference.release();
    }

    @Test
    void shouldStayUntilTheLastReferenceIsReleased() {
        ByteBuf slice = buffer.retainedSlice(0, 10);
        ByteBuf duplicate = buffer.retainedDuplicate();
        assertFalse(buffer.release());
        assertFalse(slice.release());
        assertEquals(1, scheduler.call(pool::outCount));
        assertEquals(1, duplicate.refCnt());
        assertTrue(duplicate.release());
        assertEquals(0, scheduler.call(pool::outCount));
    }

    @Test
    void shouldRefuseEveryAccessOnceReleased() {
        assertTrue(buffer.release());
        for (int access = 0; access < ACCESSES.size(); access++) {
            assertEquals(
                    IllegalReferenceCountException.class.getName(),
                    outcome(ACCESSES.get(access), buffer, 8, 5),
                    "access " + access);
        }
        assertThrows(IllegalReferenceCountException.class, () -> buffer.getByte(0));
        assertThrows(IllegalReferenceCountException.class, () -> buffer.setLong(0, 1));
        assertThrows(IllegalReferenceCountException.class, () -> buffer.copy(0, 1));
        assertThrows(IllegalReferenceCountException.class, () -> buffer.nioBuffer(0, 1));
        assertThrows(IllegalReferenceCountException.class, buffer::memoryAddress);
        assertThrows(IllegalReferenceCountException.class, () -> buffer.retain());
        assertThrows(IllegalReferenceCountException.class, () -> buffer.release());
        assertEquals(0, scheduler.call(pool::outCount), "a second release recycled it again");
    }

    @Test
    void shouldEqualOthersWithTheSameBytes() {
        buffer.clear().writeBytes("equal".getBytes(StandardCharsets.US_ASCII));
        ByteBuf same = Unpooled.copiedBuffer("equal", StandardCharsets.US_ASCII);
        ByteBuf other = Unpooled.copiedBuffer("equally", StandardCharsets.US_ASCII);
        List<ByteBuf> all = new ArrayList<>(List.of(same, other));
        assertEquals(same, buffer);
        assertEquals(buffer, same);
        assertEquals(same.hashCode(), buffer.hashCode());
        assertTrue(buffer.compareTo(other) < 0);
        assertEquals("equal", buffer.toString(StandardCharsets.US_ASCII));
        assertTrue(buffer.toString().contains("ridx: 0, widx: 5, cap: 256"), buffer.toString());
        all.forEach(ByteBuf::release);
    }
}
