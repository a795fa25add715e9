// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/** The first of several delimiters to end; of those that end together, the longest. */
final class DelimiterEnd implements FrameEnd, ByteProcessor {
    private final Delimiters delimiters;
    private int state;
    private int tailBytes;

    DelimiterEnd(Delimiters delimiters) {
        this.delimiters = delimiters;
    }

    @Override
    public boolean process(byte value) {
        state = delimiters.next(state, value);
        return delimiters.ends(state) == 0;
    }

    @Override
    public int find(ByteBuf input) {
        int at = input.forEachByte(this);
        if (at < 0) {
            tailBytes = delimiters.depth(state);
            return 0;
        }
        tailBytes = delimiters.ends(state);
        state = 0;
        return at + 1 - input.readerIndex();
    }

    @Override
    public int tailBytes() {
        return tailBytes;
    }

    @Override
    public int tailBytesMax() {
        return delimiters.longest();
    }
}
