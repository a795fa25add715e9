// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Every kind of access to a buffer, with an outcome that can be compared. */
final class Accesses {
    static final String OUT_OF_BOUNDS = "out of bounds";

    /** One kind of access, made on the buffer and on the reference alike. */
    interface Access {
        Object on(ByteBuf buffer, int index, long value);
    }

    static final List<Access> ACCESSES =
            List.of(
                    (b, i, v) -> b.getByte(i),
                    (b, i, v) -> b.getUnsignedByte(i),
                    (b, i, v) -> b.getBoolean(i),
                    (b, i, v) -> b.getShort(i),
                    (b, i, v) -> b.getShortLE(i),
                    (b, i, v) -> b.getUnsignedShort(i),
                    (b, i, v) -> b.getUnsignedShortLE(i),
                    (b, i, v) -> b.getMedium(i),
                    (b, i, v) -> b.getMediumLE(i),
                    (b, i, v) -> b.getUnsignedMedium(i),
                    (b, i, v) -> b.getUnsignedMediumLE(i),
                    (b, i, v) -> b.getInt(i),
                    (b, i, v) -> b.getIntLE(i),
                    (b, i, v) -> b.getUnsignedInt(i),
                    (b, i, v) -> b.getUnsignedIntLE(i),
                    (b, i, v) -> b.getLong(i),
                    (b, i, v) -> b.getLongLE(i),
                    (b, i, v) -> b.getChar(i),
                    (b, i, v) -> Float.floatToRawIntBits(b.getFloat(i)),
                    (b, i, v) -> Float.floatToRawIntBits(b.getFloatLE(i)),
                    (b, i, v) -> Double.doubleToRawLongBits(b.getDouble(i)),
                    (b, i, v) -> Double.doubleToRawLongBits(b.getDoubleLE(i)),
                    (b, i, v) -> done(b.setByte(i, (int) v)),
                    (b, i, v) -> done(b.setBoolean(i, (v & 1) == 0)),
                    (b, i, v) -> done(b.setShort(i, (int) v)),
                    (b, i, v) -> done(b.setShortLE(i, (int) v)),
                    (b, i, v) -> done(b.setMedium(i, (int) v)),
                    (b, i, v) -> done(b.setMediumLE(i, (int) v)),
                    (b, i, v) -> done(b.setInt(i, (int) v)),
                    (b, i, v) -> done(b.setIntLE(i, (int) v)),
                    (b, i, v) -> done(b.setLong(i, v)),
                    (b, i, v) -> done(b.setLongLE(i, v)),
                    (b, i, v) -> done(b.setChar(i, (int) v)),
                    (b, i, v) -> done(b.setFloat(i, v)),
                    (b, i, v) -> done(b.setDoubleLE(i, v)),
                    (b, i, v) -> done(b.setZero(i, (int) (v & 31))),
                    (b, i, v) -> done(b.setBytes(i, bytes(v))),
                    (b, i, v) -> done(b.setBytes(i, bytes(v), 1, bytes(v).length - 1)),
                    (b, i, v) -> done(b.setBytes(i, ByteBuffer.wrap(bytes(v)))),
                    (b, i, v) -> done(b.setBytes(i, directly(v))),
                    (b, i, v) -> done(b.setBytes(i, Unpooled.wrappedBuffer(bytes(v)))),
                    (b, i, v) -> done(b.setBytes(i, Unpooled.wrappedBuffer(bytes(v)), 1, 2)),
                    (b, i, v) -> b.setCharSequence(i, text(v), StandardCharsets.UTF_8),
                    (b, i, v) -> b.getCharSequence(i, (int) (v & 15), StandardCharsets.ISO_8859_1),
                    (b, i, v) -> got(into -> b.getBytes(i, into)),
                    (b, i, v) -> got(into -> b.getBytes(i, into, 2, into.length - 2)),
                    (b, i, v) -> got(into -> b.getBytes(i, ByteBuffer.wrap(into))),
                    (b, i, v) -> got(into -> b.getBytes(i, Unpooled.wrappedBuffer(into).clear())),
                    (b, i, v) -> got(into -> b.getBytes(i, Unpooled.wrappedBuffer(into), 3, 4)),
                    (b, i, v) -> bytes(b.slice(i, (int) (v & 31))),
                    (b, i, v) -> bytes(b.duplicate().setIndex(0, i)),
                    (b, i, v) -> dropped(b.copy(i, (int) (v & 31))),
                    (b, i, v) -> dropped(b.retainedSlice(i, (int) (v & 31))),
                    (b, i, v) -> bytes(Unpooled.wrappedBuffer(b.nioBuffer(i, (int) (v & 31)))),
                    (b, i, v) -> b.indexOf(i, b.capacity(), (byte) v),
                    (b, i, v) -> b.bytesBefore(i, (int) (v & 31), (byte) (v >> 8)),
                    (b, i, v) -> b.forEachByte(i, (int) (v & 31), value -> value != (byte) v),
                    (b, i, v) -> b.forEachByteDesc(i, (int) (v & 31), value -> value != (byte) v),
                    (b, i, v) -> b.toString(i, (int) (v & 31), StandardCharsets.ISO_8859_1),
                    (b, i, v) -> ByteBufUtil.hexDump(b, i, (int) (v & 31)));

    private static Object done(ByteBuf buffer) {
        return buffer.capacity();
    }

    private static byte[] bytes(long value) {
        byte[] bytes = new byte[4 + (int) (value & 15)];
        new Random(value).nextBytes(bytes);
        return bytes;
    }

    private static ByteBuffer directly(long value) {
        byte[] bytes = bytes(value);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static String text(long value) {
        return "t\u00e9xt" + (value & 0xfff);
    }

    private static Object got(Consumer<byte[]> get) {
        byte[] into = new byte[9];
        get.accept(into);
        return Arrays.toString(into);
    }

    private static Object bytes(ByteBuf part) {
        return ByteBufUtil.hexDump(part);
    }

    private static Object dropped(ByteBuf part) {
        try {
            return bytes(part);
        } finally {
            part.release();
        }
    }

    /** The result, or the class of what is thrown instead. */
    static Object outcome(Access access, ByteBuf on, int index, long value) {
        try {
            return access.on(on, index, value);
        } catch (RuntimeException e) {
            // Where the memory is an array, some accesses throw a more special one.
            return e instanceof IndexOutOfBoundsException
                    ? "out of bounds"
                    : e.getClass().getName();
        }
    }

    static Object moved(ByteBuf b, int choice, int amount, long value) {
        return switch (choice) {
            case 0 -> done(b.writeBytes(bytes(value)));
            case 1 -> done(b.writeLong(value));
            case 2 -> done(b.writeMediumLE((int) value));
            case 3 -> done(b.writeZero(amount));
            case 4 -> b.readByte();
            case 5 -> b.readUnsignedMediumLE();
            case 6 -> b.readLongLE();
            case 7 -> dropped(b.readBytes(amount));
            case 8 -> bytes(b.readSlice(amount));
            case 9 -> dropped(b.readRetainedSlice(amount));
            case 10 -> done(b.skipBytes(amount));
            case 11 -> done(b.discardReadBytes());
            case 12 -> b.ensureWritable(amount * 8, true);
            default -> b.writeCharSequence(text(value), StandardCharsets.UTF_8);
        };
    }

    private Accesses() {}
}
