// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/**
 * A piece of a file as the kernel's own pages: it is copied once, into the socket, where reading it
 * first would copy it twice. The last release unmaps it. A composite of one part because of that:
 * of Netty's read-only buffers this one can be extended.
 *
 * <p>A file that is cut short meanwhile has no pages there any more: the send fails with EFAULT,
 * and only who reads the bytes in Java would meet an {@link InternalError}.
 */
final class MappedPiece extends CompositeByteBuf {
    private final Arena arena;

    private MappedPiece(MemorySegment mapped, Arena arena) {
        super(ByteBufAllocator.DEFAULT, true, 1);
        this.arena = arena;
        addComponent(true, Unpooled.wrappedBuffer(mapped.asByteBuffer()));
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
            return new MappedPiece(mapped, arena);
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

    @Override
    protected void deallocate() {
        super.deallocate();
        arena.close();
    }
}
