// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A piece of a file as the kernel's own pages: it is copied once, into the socket, where reading it
 * first would copy it twice. The last release unmaps it.
 *
 * <p>A file that is cut short meanwhile has no pages there any more: the send fails with EFAULT,
 * and only who reads the bytes in Java would meet an {@link InternalError}.
 */
final class MappedPiece extends UnpooledDirectByteBuf {
    private final Arena arena;

    private MappedPiece(ByteBuffer bytes, Arena arena) {
        super(ByteBufAllocator.DEFAULT, bytes, bytes.remaining());
        this.arena = arena;
    }

    /** Whether memory may be had by its address: {@code --enable-native-access} says so. */
    static boolean isAvailable() {
        return MappedPiece.class.getModule().isNativeAccessEnabled();
    }

    /**
     * Maps {@code length} bytes and has them read from the disk now, on this thread, so that the
     * one that sends does not wait for it.
     */
    static ByteBuf of(FileChannel file, long position, int length) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment mapped = file.map(FileChannel.MapMode.READ_ONLY, position, length, arena);
            mapped.load();
            return new MappedPiece(writable(mapped), arena).asReadOnly();
        } catch (InternalError e) {
            arena.close();
            EOFException shorter = new EOFException("the file has become shorter");
            shorter.initCause(e);
            throw shorter;
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** The same memory: Netty wraps only what it may write to, and hides that it may not itself. */
    @SuppressWarnings("restricted")
    private static ByteBuffer writable(MemorySegment mapped) {
        return MemorySegment.ofAddress(mapped.address())
                .reinterpret(mapped.byteSize())
                .asByteBuffer();
    }

    @Override
    protected void deallocate() {
        arena.close();
    }
}
