// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;

/** Buffers as the kernel can read them: one piece of native memory each. */
final class NativeBytes {
    /** {@code buffer}, or a native copy of it if it is on the heap or in several pieces. */
    static ByteBuf contiguous(ByteBuf buffer) {
        if (buffer.hasMemoryAddress() || (buffer.isDirect() && buffer.nioBufferCount() == 1)) {
            return buffer;
        }
        try {
            int length = buffer.readableBytes();
            return buffer.alloc().directBuffer(length, length).writeBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    /** Where the readable bytes of a contiguous {@code buffer} are. */
    static long address(ByteBuf buffer) {
        return buffer.hasMemoryAddress()
                ? buffer.memoryAddress() + buffer.readerIndex()
                : MemorySegment.ofBuffer(
                                buffer.internalNioBuffer(
                                        buffer.readerIndex(), buffer.readableBytes()))
                        .address();
    }

    private NativeBytes() {}
}
