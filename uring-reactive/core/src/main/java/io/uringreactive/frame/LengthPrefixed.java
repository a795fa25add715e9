// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Frames that a prefix announces. The announced length is checked before anything of the frame is
 * kept, and memory for a frame grows with what has come of it, not with what was announced.
 *
 * <pre>
 *   PREFIX --its last byte--> BODY --the frame's last byte--> PREFIX
 * </pre>
 */
final class LengthPrefixed implements Conversion<ByteBuf> {
    private enum Part {
        PREFIX,
        BODY
    }

    private final Pieces pieces = new Pieces();
    private final LengthPrefix prefix;
    private final int bytesMax;

    private Part part = Part.PREFIX;
    private int prefixBytesSeen;
    private long number;
    private int frameBytes;

    LengthPrefixed(LengthPrefix prefix, int bytesMax) {
        this.prefix = prefix;
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
        while (part == Part.PREFIX && input.isReadable()) {
            number = prefix.with(input.readByte(), number, prefixBytesSeen++);
            if (prefixBytesSeen == prefix.bytes()) {
                frameBytes = prefix.frameBytes(number, bytesMax);
                part = Part.BODY;
            }
        }
        if (part == Part.BODY) {
            int missing = frameBytes - pieces.beginningBytes();
            if (input.readableBytes() >= missing) {
                part = Part.PREFIX;
                prefixBytesSeen = 0;
                number = 0;
                return pieces.take(missing, 0);
            }
            if (input.isReadable()) {
                pieces.keep(frameBytes);
                return null;
            }
        }
        // Used up within a prefix, or right after it.
        pieces.releaseIfUsedUp();
        return null;
    }

    @Override
    public @Nullable ByteBuf end() throws FrameException {
        if (part == Part.BODY) {
            throw new FrameTruncated(
                    "the input ended after "
                            + pieces.beginningBytes()
                            + " of a frame's "
                            + frameBytes
                            + " bytes");
        }
        if (prefixBytesSeen > 0) {
            throw new FrameTruncated(
                    "the input ended after "
                            + prefixBytesSeen
                            + " of a prefix's "
                            + prefix.bytes()
                            + " bytes");
        }
        return null;
    }

    @Override
    public void release() {
        pieces.release();
    }
}
