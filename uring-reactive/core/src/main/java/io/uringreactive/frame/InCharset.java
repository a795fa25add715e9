// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The frames of another conversion as text. */
final class InCharset implements Conversion<String> {
    private final Conversion<ByteBuf> frames;
    private final Charset charset;

    InCharset(Conversion<ByteBuf> frames, Charset charset) {
        this.frames = frames;
        this.charset = charset;
    }

    @Override
    public void feed(ByteBuf input) {
        frames.feed(input);
    }

    @Override
    public @Nullable String next() throws FrameException {
        return decode(frames.next());
    }

    @Override
    public @Nullable String end() throws FrameException {
        return decode(frames.end());
    }

    private @Nullable String decode(@Nullable ByteBuf frame) {
        if (frame == null) {
            return null;
        }
        try {
            return frame.toString(charset);
        } finally {
            frame.release();
        }
    }

    @Override
    public void release() {
        frames.release();
    }
}
