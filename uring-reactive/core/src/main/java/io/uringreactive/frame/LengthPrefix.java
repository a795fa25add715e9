// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteOrder;

/**
 * A number before each frame, unsigned, that tells its length.
 *
 * @param bytes of the number: 1, 2, 4 or 8
 * @param order of those bytes
 * @param adjustment what is added to the number to get the frame's length: -4 where a prefix of 4
 *     bytes counts itself
 */
public record LengthPrefix(int bytes, ByteOrder order, int adjustment) {
    public LengthPrefix {
        if (bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8) {
            throw new IllegalArgumentException("a prefix has 1, 2, 4 or 8 bytes: " + bytes);
        }
    }

    /** The most significant byte first, as network protocols have it. */
    public static LengthPrefix bigEndian(int bytes) {
        return new LengthPrefix(bytes, ByteOrder.BIG_ENDIAN, 0);
    }

    public static LengthPrefix littleEndian(int bytes) {
        return new LengthPrefix(bytes, ByteOrder.LITTLE_ENDIAN, 0);
    }

    public LengthPrefix adjustment(int value) {
        return new LengthPrefix(bytes, order, value);
    }

    /** {@code number}, of whose bytes {@code seen} are known, with one more. */
    long with(byte next, long number, int seen) {
        long value = Byte.toUnsignedLong(next);
        return order == ByteOrder.BIG_ENDIAN ? number << 8 | value : number | value << (8 * seen);
    }

    /** The length of the frame after {@code number}. */
    int frameBytes(long number, int bytesMax) throws FrameException {
        // Unsigned: what is negative here is beyond 2^63.
        if (number < 0 || number > (long) bytesMax - adjustment) {
            boolean beyond = number < 0 || number > Long.MAX_VALUE - Math.max(0, adjustment);
            throw new FrameTooLong(
                    bytesMax,
                    beyond ? Long.MAX_VALUE : number + adjustment,
                    "a frame whose prefix is " + Long.toUnsignedString(number));
        }
        if (number + adjustment < 0) {
            throw new FrameMalformed(
                    "a prefix of " + number + " is a length of " + (number + adjustment));
        }
        return (int) (number + adjustment);
    }

    /** Prefix and {@code frame} in one new buffer; the frame stays its owner's. */
    ByteBuf encode(ByteBuf frame) throws FrameException {
        int length = frame.readableBytes();
        long number = (long) length - adjustment;
        long numberMax = bytes == 8 ? Long.MAX_VALUE : (1L << (8 * bytes)) - 1;
        if (number > numberMax) {
            throw new FrameTooLong(
                    numberMax + adjustment,
                    length,
                    "a frame of " + length + " bytes for a prefix of " + bytes);
        }
        if (number < 0) {
            throw new FrameMalformed("a frame of " + length + " bytes has prefix " + number);
        }
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(Math.addExact(bytes, length));
        for (int i = 0; i < bytes; i++) {
            int place = order == ByteOrder.BIG_ENDIAN ? bytes - 1 - i : i;
            out.writeByte((int) (number >>> (8 * place)));
        }
        return out.writeBytes(frame, frame.readerIndex(), length);
    }

    @Override
    public String toString() {
        return bytes
                + " bytes "
                + (order == ByteOrder.BIG_ENDIAN ? "big-endian" : "little-endian")
                + (adjustment == 0 ? "" : ", adjustment " + adjustment);
    }
}
