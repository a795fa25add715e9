// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What has been received and not yet been asked for, bounded in objects as well as in bytes: a
 * piece smaller than an eighth of a buffer is copied behind the last one and its own buffer given
 * back, so a peer that sends single bytes cannot empty the ring's buffers. Confined to the loop.
 */
final class ReceiveQueue {
    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>(2);
    private final int smallBytes;

    /** In all of them, none of which is empty: looked at where the queue itself is out of sight. */
    private int bytes;

    ReceiveQueue(int bufferBytes) {
        this.smallBytes = bufferBytes / 8;
    }

    void add(ByteBuf buffer) {
        int length = buffer.readableBytes();
        if (length == 0) {
            buffer.release();
            return;
        }
        bytes += length;
        ByteBuf last = buffers.peekLast();
        if (last != null && length < smallBytes && last.writableBytes() >= length) {
            last.writeBytes(buffer);
            buffer.release();
        } else {
            buffers.add(buffer);
        }
    }

    @Nullable ByteBuf poll() {
        ByteBuf buffer = buffers.poll();
        if (buffer != null) {
            bytes -= buffer.readableBytes();
        }
        return buffer;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    int bytes() {
        return bytes;
    }

    void discard() {
        for (ByteBuf buffer = poll(); buffer != null; buffer = poll()) {
            buffer.release();
        }
    }
}
