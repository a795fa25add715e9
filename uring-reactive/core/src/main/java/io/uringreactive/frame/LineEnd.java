// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;

/** LF or CRLF. A CR elsewhere is part of the line. */
final class LineEnd implements FrameEnd {
    private static final byte LF = '\n';
    private static final byte CR = '\r';

    private int tailBytes;

    /** Whether the last byte seen, perhaps in an earlier input, is a CR. */
    private boolean afterCr;

    @Override
    public int find(ByteBuf input) {
        int from = input.readerIndex();
        int at = input.indexOf(from, input.writerIndex(), LF);
        if (at < 0) {
            afterCr = input.getByte(input.writerIndex() - 1) == CR;
            tailBytes = afterCr ? 1 : 0;
            return 0;
        }
        boolean crlf = at > from ? input.getByte(at - 1) == CR : afterCr;
        tailBytes = crlf ? 2 : 1;
        afterCr = false;
        return at + 1 - from;
    }

    @Override
    public int tailBytes() {
        return tailBytes;
    }

    @Override
    public int tailBytesMax() {
        return 2;
    }
}
