// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Frames that a delimiter ends, each of {@code bytesMax} at most, not counting the delimiter. */
final class Delimited implements Conversion<ByteBuf> {
    private final Pieces pieces = new Pieces();
    private final FrameEnd frameEnd;
    private final int bytesMax;

    Delimited(FrameEnd frameEnd, int bytesMax) {
        this.frameEnd = frameEnd;
        this.bytesMax = bytesMax;
    }

    @Override
    public void feed(ByteBuf input) {
        pieces.feed(input);
    }

    @Override
    public @Nullable ByteBuf next() throws FrameException {
        ByteBuf input = pieces.input();
        if (input == null) {
            return null;
        }
        int bytes = frameEnd.find(input);
        boolean found = bytes > 0;
        // What may be a delimiter's beginning does not count, before it is known to be none.
        check(
                pieces.beginningBytes()
                        + (long) (found ? bytes : input.readableBytes())
                        - frameEnd.tailBytes());
        if (found) {
            return pieces.take(bytes, frameEnd.tailBytes());
        }
        pieces.keep((long) bytesMax + frameEnd.tailBytesMax());
        return null;
    }

    /** What may have been a delimiter's beginning was none. */
    @Override
    public @Nullable ByteBuf end() throws FrameException {
        check(pieces.beginningBytes());
        return pieces.takeBeginning();
    }

    private void check(long bytes) throws FrameTooLong {
        if (bytes > bytesMax) {
            throw new FrameTooLong(bytesMax, bytes, "a frame of at least " + bytes + " bytes");
        }
    }

    @Override
    public void release() {
        pieces.release();
    }
}
