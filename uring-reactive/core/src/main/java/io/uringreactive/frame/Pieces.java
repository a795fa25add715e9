// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The input, and before it the beginning of a frame that an earlier input had. A frame within one
 * input is a slice of it. A beginning is copied out and its input released: a peer that sends a
 * byte now and then would otherwise hold one of the ring's buffers for each. So every byte is
 * copied once at most, not counting the growth of the copy, which doubles.
 */
final class Pieces {
    private static final int CAPACITY_MIN = 256;

    private @Nullable ByteBuf input;
    private @Nullable ByteBuf beginning;

    void feed(ByteBuf buffer) {
        assert input == null : "the last input is not used up";
        input = buffer;
    }

    /** What there is to look at; null, and released, when it is used up. */
    @Nullable ByteBuf input() {
        releaseIfUsedUp();
        return input;
    }

    void releaseIfUsedUp() {
        ByteBuf in = input;
        if (in != null && !in.isReadable()) {
            input = null;
            in.release();
        }
    }

    /** How much of the frame earlier inputs had. */
    int beginningBytes() {
        return beginning == null ? 0 : beginning.readableBytes();
    }

    /**
     * The frame that ends after {@code bytes} more of the input, without its last {@code
     * tailBytes}, some of which may have been in an earlier input.
     */
    ByteBuf take(int bytes, int tailBytes) {
        ByteBuf in = Objects.requireNonNull(input);
        ByteBuf frame = beginning;
        if (frame == null) {
            frame = in.readRetainedSlice(bytes - tailBytes);
            in.skipBytes(tailBytes);
            return frame;
        }
        append(frame, in, bytes, beginningBytes() + bytes);
        beginning = null;
        return frame.writerIndex(frame.writerIndex() - tailBytes);
    }

    /** Keeps the whole input as a beginning; no frame will have more than {@code bytesMax}. */
    void keep(long bytesMax) {
        ByteBuf in = Objects.requireNonNull(input);
        int bytes = in.readableBytes();
        ByteBuf frame = beginning;
        if (frame == null) {
            long capacity = Math.min(bytesMax, Math.max(CAPACITY_MIN, 2L * bytes));
            frame = ByteBufAllocator.DEFAULT.directBuffer((int) Math.max(bytes, capacity));
            beginning = frame;
        }
        append(frame, in, bytes, bytesMax);
        input = null;
        in.release();
    }

    /** Netty's own growth is by a constant above 4 MiB: copying would then cost the square. */
    private static void append(ByteBuf frame, ByteBuf in, int bytes, long bytesMax) {
        long needed = (long) frame.writerIndex() + bytes;
        if (needed > frame.capacity()) {
            long doubled = Math.min(bytesMax, 2L * frame.capacity());
            frame.capacity((int) Math.max(needed, Math.min(doubled, Integer.MAX_VALUE)));
        }
        frame.writeBytes(in, bytes);
    }

    /** The beginning, as it is, when there is no more input; null where there is none. */
    @Nullable ByteBuf takeBeginning() {
        ByteBuf frame = beginning;
        beginning = null;
        return frame;
    }

    void release() {
        ByteBuf in = input;
        ByteBuf frame = beginning;
        input = null;
        beginning = null;
        if (in != null) {
            in.release();
        }
        if (frame != null) {
            frame.release();
        }
    }
}
