// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/**
 * Text, a string for each input that completes a character. What malformed bytes are replaced with
 * does not depend on where the input was cut.
 */
final class Text implements Conversion<String> {
    /** More than any charset of the JDK needs before it tells what it makes of them. */
    private static final int INCOMPLETE_BYTES_MAX = 32;

    private final CharsetDecoder decoder;

    /** The beginning of a character, ready to be written to. */
    private final ByteBuffer incomplete = ByteBuffer.allocate(INCOMPLETE_BYTES_MAX);

    private @Nullable ByteBuf input;

    Text(Charset charset) {
        this.decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    @Override
    public void feed(ByteBuf buffer) {
        input = buffer;
    }

    @Override
    public @Nullable String next() {
        ByteBuf in = input;
        if (in == null) {
            return null;
        }
        CharBuffer out = charsFor(incomplete.position() + in.readableBytes());
        out = completeCharacter(in, out);
        ByteBuffer bytes = in.nioBuffer();
        out = decode(bytes, out, false);
        incomplete.put(bytes);
        input = null;
        in.release();
        return text(out);
    }

    /** Byte by byte, until what was incomplete is a character, or turns out to be malformed. */
    private CharBuffer completeCharacter(ByteBuf in, CharBuffer chars) {
        CharBuffer out = chars;
        while (incomplete.position() > 0 && in.isReadable()) {
            incomplete.put(in.readByte()).flip();
            out = decode(incomplete, out, false);
            incomplete.compact();
        }
        return out;
    }

    @Override
    public @Nullable String end() {
        incomplete.flip();
        CharBuffer out = decode(incomplete, charsFor(incomplete.remaining()), true);
        incomplete.clear();
        while (decoder.flush(out).isOverflow()) {
            out = larger(out);
        }
        return text(out);
    }

    private CharBuffer charsFor(int bytes) {
        return CharBuffer.allocate(1 + (int) Math.ceil(bytes * (double) decoder.maxCharsPerByte()));
    }

    private CharBuffer decode(ByteBuffer bytes, CharBuffer chars, boolean isLast) {
        CharBuffer out = chars;
        CoderResult result = decoder.decode(bytes, out, isLast);
        while (result.isOverflow()) {
            out = larger(out);
            result = decoder.decode(bytes, out, isLast);
        }
        return out;
    }

    private static CharBuffer larger(CharBuffer chars) {
        return CharBuffer.allocate(2 * chars.capacity()).put(chars.flip());
    }

    private static @Nullable String text(CharBuffer chars) {
        return chars.position() == 0 ? null : chars.flip().toString();
    }

    @Override
    public void release() {
        ByteBuf in = input;
        input = null;
        if (in != null) {
            in.release();
        }
    }
}
