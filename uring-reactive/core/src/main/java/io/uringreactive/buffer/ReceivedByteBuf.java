// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.buffer;

import io.netty.buffer.AbstractReferenceCountedByteBuf;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * One provided buffer with received bytes in it: a window on the pool's slab, a fresh object per
 * delivery. Its last release gives the buffer id back to the pool, from any thread. It cannot grow.
 */
final class ReceivedByteBuf extends AbstractReferenceCountedByteBuf implements Runnable {
    static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    private final BufferPool pool;
    private final int bufferId;

    /** The whole slab, shared by all buffers: only absolute accesses, its position never moves. */
    private final ByteBuffer slab;

    private final long slabAddress;
    private final int offset;
    private int capacity;

    private ReceivedByteBuf(
            BufferPool pool,
            int bufferId,
            ByteBuffer slab,
            long slabAddress,
            int offset,
            int bytes) {
        super(bytes);
        this.pool = pool;
        this.bufferId = bufferId;
        this.slab = slab;
        this.slabAddress = slabAddress;
        this.offset = offset;
        this.capacity = bytes;
    }

    static ReceivedByteBuf create(
            BufferPool pool,
            int bufferId,
            ByteBuffer slab,
            long slabAddress,
            int offset,
            int bytes,
            int length) {
        ReceivedByteBuf buffer =
                new ReceivedByteBuf(pool, bufferId, slab, slabAddress, offset, bytes);
        buffer.setIndex(0, length);
        return buffer;
    }

    int bufferId() {
        return bufferId;
    }

    @Override
    protected void deallocate() {
        pool.release(this);
    }

    /** A release on another thread, arrived on the loop. */
    @Override
    public void run() {
        pool.recycle(bufferId);
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
        checkNewCapacity(newCapacity);
        trimIndicesToCapacity(newCapacity);
        capacity = newCapacity;
        return this;
    }

    @Override
    public ByteBufAllocator alloc() {
        return ALLOCATOR;
    }

    @Override
    @Deprecated
    public ByteOrder order() {
        return ByteOrder.BIG_ENDIAN;
    }

    @Override
    public @Nullable ByteBuf unwrap() {
        return null;
    }

    @Override
    public boolean isDirect() {
        return true;
    }

    @Override
    public boolean hasArray() {
        return false;
    }

    @Override
    public byte[] array() {
        throw new UnsupportedOperationException("direct buffer");
    }

    @Override
    public int arrayOffset() {
        throw new UnsupportedOperationException("direct buffer");
    }

    @Override
    public boolean hasMemoryAddress() {
        return true;
    }

    @Override
    public long memoryAddress() {
        ensureAccessible();
        return slabAddress + offset;
    }

    @Override
    public boolean isContiguous() {
        return true;
    }

    @Override
    protected byte _getByte(int index) {
        return slab.get(offset + index);
    }

    @Override
    protected short _getShort(int index) {
        return slab.getShort(offset + index);
    }

    @Override
    protected short _getShortLE(int index) {
        return Short.reverseBytes(_getShort(index));
    }

    @Override
    protected int _getUnsignedMedium(int index) {
        return (_getByte(index) & 0xff) << 16 | (_getShort(index + 1) & 0xffff);
    }

    @Override
    protected int _getUnsignedMediumLE(int index) {
        return (_getShortLE(index) & 0xffff) | (_getByte(index + 2) & 0xff) << 16;
    }

    @Override
    protected int _getInt(int index) {
        return slab.getInt(offset + index);
    }

    @Override
    protected int _getIntLE(int index) {
        return Integer.reverseBytes(_getInt(index));
    }

    @Override
    protected long _getLong(int index) {
        return slab.getLong(offset + index);
    }

    @Override
    protected long _getLongLE(int index) {
        return Long.reverseBytes(_getLong(index));
    }

    @Override
    protected void _setByte(int index, int value) {
        slab.put(offset + index, (byte) value);
    }

    @Override
    protected void _setShort(int index, int value) {
        slab.putShort(offset + index, (short) value);
    }

    @Override
    protected void _setShortLE(int index, int value) {
        _setShort(index, Short.reverseBytes((short) value));
    }

    @Override
    protected void _setMedium(int index, int value) {
        _setByte(index, value >>> 16);
        _setShort(index + 1, value);
    }

    @Override
    protected void _setMediumLE(int index, int value) {
        _setShortLE(index, value);
        _setByte(index + 2, value >>> 16);
    }

    @Override
    protected void _setInt(int index, int value) {
        slab.putInt(offset + index, value);
    }

    @Override
    protected void _setIntLE(int index, int value) {
        _setInt(index, Integer.reverseBytes(value));
    }

    @Override
    protected void _setLong(int index, long value) {
        slab.putLong(offset + index, value);
    }

    @Override
    protected void _setLongLE(int index, long value) {
        _setLong(index, Long.reverseBytes(value));
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuf dst, int dstIndex, int length) {
        checkDstIndex(index, length, dstIndex, dst.capacity());
        dst.setBytes(dstIndex, window(index, length));
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, byte[] dst, int dstIndex, int length) {
        checkDstIndex(index, length, dstIndex, dst.length);
        slab.get(offset + index, dst, dstIndex, length);
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuffer dst) {
        dst.put(checkedWindow(index, dst.remaining()));
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        checkIndex(index, length);
        byte[] bytes = new byte[length];
        getBytes(index, bytes);
        out.write(bytes);
        return this;
    }

    @Override
    public int getBytes(int index, GatheringByteChannel out, int length) throws IOException {
        return out.write(checkedWindow(index, length));
    }

    @Override
    public int getBytes(int index, FileChannel out, long position, int length) throws IOException {
        return out.write(checkedWindow(index, length), position);
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuf src, int srcIndex, int length) {
        checkSrcIndex(index, length, srcIndex, src.capacity());
        src.getBytes(srcIndex, window(index, length));
        return this;
    }

    @Override
    public ByteBuf setBytes(int index, byte[] src, int srcIndex, int length) {
        checkSrcIndex(index, length, srcIndex, src.length);
        slab.put(offset + index, src, srcIndex, length);
        return this;
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuffer src) {
        checkedWindow(index, src.remaining()).put(src);
        return this;
    }

    @Override
    public int setBytes(int index, InputStream in, int length) throws IOException {
        checkIndex(index, length);
        byte[] bytes = new byte[length];
        int read = in.read(bytes, 0, length);
        if (read > 0) {
            setBytes(index, bytes, 0, read);
        }
        return read;
    }

    @Override
    public int setBytes(int index, ScatteringByteChannel in, int length) throws IOException {
        return in.read(checkedWindow(index, length));
    }

    @Override
    public int setBytes(int index, FileChannel in, long position, int length) throws IOException {
        return in.read(checkedWindow(index, length), position);
    }

    @Override
    public ByteBuf copy(int index, int length) {
        // Checked before anything is allocated: what a failure would drop is a leak.
        ByteBuffer bytes = checkedWindow(index, length);
        return ALLOCATOR.directBuffer(length, maxCapacity()).writeBytes(bytes);
    }

    @Override
    public int nioBufferCount() {
        return 1;
    }

    @Override
    public ByteBuffer nioBuffer(int index, int length) {
        return checkedWindow(index, length);
    }

    @Override
    public ByteBuffer internalNioBuffer(int index, int length) {
        return checkedWindow(index, length);
    }

    @Override
    public ByteBuffer[] nioBuffers(int index, int length) {
        return new ByteBuffer[] {checkedWindow(index, length)};
    }

    private ByteBuffer checkedWindow(int index, int length) {
        checkIndex(index, length);
        return window(index, length);
    }

    private ByteBuffer window(int index, int length) {
        return slab.slice(offset + index, length);
    }
}
