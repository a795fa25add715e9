// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * Frames in a stream of bytes, for {@code transform}:
 *
 * <pre>{@code
 * conn.receive().transform(Frames.lines(UTF_8, 1024))     // Flux<String>
 * conn.receive().transform(Frames.lengthPrefixed(4, MAX)) // Flux<ByteBuf>
 * conn.send(messages.transform(Frames.prefixLength(4)))
 * }</pre>
 *
 * <p>What all readers here have in common:
 *
 * <ul>
 *   <li>Demand: exact. Of the upstream one buffer is requested at a time, when a frame is wanted
 *       and none is complete; for {@code Long.MAX_VALUE} everything at once.
 *   <li>Limits: hold before more than the limit is kept, see {@link FrameTooLong}. Memory grows
 *       with what has come, never with what a prefix announces. Limits go up to 1 GiB.
 *   <li>Buffers: each input is taken over. Each frame is the subscriber's, which releases it. A
 *       frame within one input is a slice of it, without a copy: whoever keeps such a frame keeps
 *       the input, which is memory of the connection's ring; {@code copy()} what is to be kept. A
 *       frame across inputs is a buffer of its own, and its inputs are released as they come.
 *       Everything not yet emitted is released on errors and on cancellation, here and not by
 *       discard hooks; those reach the operators upstream.
 *   <li>Errors: a {@link FrameException}, after the frames before it; it cancels the upstream. The
 *       upstream's, after the frames that had come; a part of a frame is dropped then.
 *   <li>Thread: the upstream's. A frame that is complete when it is requested comes on the thread
 *       that requests it: {@code subscribeOn(conn.scheduler())} keeps all on the ring.
 * </ul>
 */
public final class Frames {
    private static final int LIMIT_MAX = 1 << 30;

    /**
     * Lines, without their LF or CRLF; a CR elsewhere is part of its line. When the input
     * completes, what follows the last LF is a line too, unless it is empty.
     *
     * @param bytesMax of a line, without its LF or CRLF
     */
    public static Function<Publisher<? extends ByteBuf>, Flux<ByteBuf>> lines(int bytesMax) {
        requireLimit(bytesMax);
        String name = "Frames.lines(" + bytesMax + ")";
        return source -> FrameFlux.of(source, () -> new Delimited(new LineEnd(), bytesMax), name);
    }

    /**
     * As {@link #lines(int)}, decoded; malformed bytes become the charset's replacement character.
     *
     * @throws IllegalArgumentException for a charset whose LF is not the byte 10, such as UTF-16
     */
    public static Function<Publisher<? extends ByteBuf>, Flux<String>> lines(
            Charset charset, int bytesMax) {
        requireLimit(bytesMax);
        if (!charset.canEncode() || !Arrays.equals("\n".getBytes(charset), new byte[] {'\n'})) {
            throw new IllegalArgumentException("lines do not end with the byte 10 in " + charset);
        }
        String name = "Frames.lines(" + charset + ", " + bytesMax + ")";
        return source ->
                FrameFlux.of(
                        source,
                        () -> new InCharset(new Delimited(new LineEnd(), bytesMax), charset),
                        name);
    }

    /** As {@link #delimited(List, int)}, with one delimiter. */
    public static Function<Publisher<? extends ByteBuf>, Flux<ByteBuf>> delimited(
            ByteBuf delimiter, int bytesMax) {
        return delimited(List.of(delimiter), bytesMax);
    }

    /**
     * What stands between delimiters, without them. The delimiter that ends first ends the frame;
     * of several that end together it is the longest. When the input completes, what follows the
     * last delimiter is a frame too, unless it is empty.
     *
     * @param delimiters one or more; their bytes are copied, and they stay their owner's
     * @param bytesMax of a frame, without its delimiter
     */
    public static Function<Publisher<? extends ByteBuf>, Flux<ByteBuf>> delimited(
            List<ByteBuf> delimiters, int bytesMax) {
        requireLimit(bytesMax);
        List<byte[]> bytes = delimiters.stream().map(ByteBufUtil::getBytes).toList();
        if (bytes.isEmpty() || bytes.stream().anyMatch(delimiter -> delimiter.length == 0)) {
            throw new IllegalArgumentException("no delimiter, or one without a byte");
        }
        Delimiters automaton = new Delimiters(bytes);
        String name = "Frames.delimited(" + text(delimiters) + ", " + bytesMax + ")";
        return source ->
                FrameFlux.of(
                        source, () -> new Delimited(new DelimiterEnd(automaton), bytesMax), name);
    }

    private static List<String> text(List<ByteBuf> delimiters) {
        return delimiters.stream().map(ByteBufUtil::hexDump).toList();
    }

    /** As {@link #lengthPrefixed(LengthPrefix, int)}, with a big-endian prefix. */
    public static Function<Publisher<? extends ByteBuf>, Flux<ByteBuf>> lengthPrefixed(
            int prefixBytes, int bytesMax) {
        return lengthPrefixed(LengthPrefix.bigEndian(prefixBytes), bytesMax);
    }

    /**
     * Frames that come after their length, without it. Fails with {@link FrameTooLong} as soon as a
     * prefix announces more than {@code bytesMax}, with {@link FrameMalformed} for a length below
     * zero, and with {@link FrameTruncated} when the input completes within a frame or prefix.
     *
     * @param bytesMax of a frame, without its prefix
     */
    public static Function<Publisher<? extends ByteBuf>, Flux<ByteBuf>> lengthPrefixed(
            LengthPrefix prefix, int bytesMax) {
        requireLimit(bytesMax);
        String name = "Frames.lengthPrefixed(" + prefix + ", " + bytesMax + ")";
        return source -> FrameFlux.of(source, () -> new LengthPrefixed(prefix, bytesMax), name);
    }

    /**
     * Text, cut anywhere: a string for each buffer that completes a character, of all that it
     * completes. Malformed bytes, also a character that the input's end cuts, become the charset's
     * replacement character, and in the same way wherever the input was cut.
     */
    public static Function<Publisher<? extends ByteBuf>, Flux<String>> text(Charset charset) {
        String name = "Frames.text(" + charset + ")";
        return source -> FrameFlux.of(source, () -> new Text(charset), name);
    }

    /** As {@link #prefixLength(LengthPrefix)}, with a big-endian prefix. */
    public static Function<Publisher<? extends ByteBuf>, Flux<ByteBuf>> prefixLength(
            int prefixBytes) {
        return prefixLength(LengthPrefix.bigEndian(prefixBytes));
    }

    /**
     * For sending: each buffer with its length before it, what {@link #lengthPrefixed(LengthPrefix,
     * int)} reads.
     *
     * <p>Emits: one buffer for each, prefix and copied frame, since buffers of several sends may
     * interleave and a frame must not be torn. Demand and thread: the same as upstream. Errors:
     * {@link FrameTooLong} for a frame whose length the prefix cannot hold. Buffers: each frame is
     * released once it is copied.
     */
    public static Function<Publisher<? extends ByteBuf>, Flux<ByteBuf>> prefixLength(
            LengthPrefix prefix) {
        return source -> Flux.from(source).handle((frame, sink) -> encode(prefix, frame, sink));
    }

    private static void encode(LengthPrefix prefix, ByteBuf frame, SynchronousSink<ByteBuf> sink) {
        try {
            sink.next(prefix.encode(frame));
        } catch (FrameException e) {
            sink.error(e);
        } finally {
            frame.release();
        }
    }

    private static void requireLimit(int bytesMax) {
        if (bytesMax < 0 || bytesMax > LIMIT_MAX) {
            throw new IllegalArgumentException("a limit must be from 0 to 1 GiB: " + bytesMax);
        }
    }

    private Frames() {}
}
