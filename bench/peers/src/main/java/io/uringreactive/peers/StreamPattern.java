// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What is streamed: bytes that repeat after 64 KiB, in memory ready to send. */
final class StreamPattern {
    static final int LINE_BYTES_MAX = 20;

    private static final int BYTES = 1 << 16;
    private static final ByteBuf PATTERN =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(BYTES));

    static {
        for (int i = 0; i < BYTES; i++) {
            PATTERN.writeByte(i * 31 + (i >> 8));
        }
    }

    /** The next ones, if so many are left; at most 64 KiB. */
    static ByteBuf piece(long left) {
        return PATTERN.slice(0, (int) Math.min(BYTES, left));
    }

    private StreamPattern() {}
}
