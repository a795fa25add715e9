// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What is sent, and which frames it is; each character is a byte in both. */
record Conversation(
        String name,
        Function<Publisher<? extends ByteBuf>, ? extends Flux<?>> frames,
        byte[] bytes,
        List<String> expected,
        @Nullable Class<? extends Throwable> error) {

    static Conversation of(
            Function<Publisher<? extends ByteBuf>, ? extends Flux<?>> frames,
            String bytes,
            String... expected) {
        String name =
                frames.apply(Flux.empty())
                        + " of "
                        + Flux.just(bytes).map(b -> escaped(b)).blockLast();
        return new Conversation(name, frames, bytes.getBytes(ISO_8859_1), List.of(expected), null);
    }

    Conversation failing(Class<? extends Throwable> with) {
        return new Conversation(name, frames, bytes, expected, with);
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .forEach(c -> out.append(c < ' ' || c > '~' ? "\\%02x".formatted(c) : (char) c));
        return out.toString();
    }

    static ByteBuf buffer(String text) {
        return Unpooled.buffer().writeBytes(text.getBytes(ISO_8859_1));
    }

    static List<Conversation> all() {
        var lines = Frames.lines(3);
        var words = Frames.delimited(List.of(buffer("END"), buffer("N"), buffer(";;")), 4);
        var four = Frames.lengthPrefixed(4, 5);
        var own = Frames.lengthPrefixed(LengthPrefix.littleEndian(2).adjustment(-2), 5);
        var eight = Frames.lengthPrefixed(LengthPrefix.littleEndian(8).adjustment(1), 5);
        return List.of(
                of(lines, ""),
                of(
                        lines,
                        "a\r\nbc\n\n\r\nd\re\r\n\r\r\nabc",
                        "a",
                        "bc",
                        "",
                        "",
                        "d\re",
                        "\r",
                        "abc"),
                of(lines, "abc\r\nabc\nabc\r", "abc", "abc").failing(FrameTooLong.class),
                of(lines, "ab\r", "ab\r"),
                of(lines, "a\nabcd\nb\n", "a").failing(FrameTooLong.class),
                of(lines, "abc\rd\n").failing(FrameTooLong.class),
                of(Frames.lines(0), "\n\r\n\n", "", "", ""),
                of(Frames.lines(0), "\r\n\ra", "").failing(FrameTooLong.class),
                of(
                        Frames.lines(UTF_8, 4),
                        "\u00c3\u00a9\r\n\u00e2\u0082\nx",
                        "\u00e9",
                        "\ufffd",
                        "x"),
                of(words, "aEND;;bNENcENDdEN", "aE", "D", "b", "E", "cE", "DdE"),
                of(
                        Frames.delimited(List.of(buffer("a-"), buffer("xa-"), buffer(";;")), 4),
                        "bxa-ya-;;xa;;z",
                        "b",
                        "y",
                        "",
                        "xa",
                        "z"),
                of(words, "abcd;;ab;cdNabcde", "abcd").failing(FrameTooLong.class),
                of(Frames.delimited(buffer("aab"), 4), "aaabxaab", "a", "x"),
                of(Frames.delimited(buffer("abcde"), 1), "xabcdeabcdexabcdx", "x", "")
                        .failing(FrameTooLong.class),
                of(four, "\0\0\0\3abc\0\0\0\0\0\0\0\5abcde\0\0\0\1a", "abc", "", "abcde", "a"),
                of(four, "\0\0\0\1a\0\0\0\2b", "a").failing(FrameTruncated.class),
                of(four, "\0\0\0\1a\0\0\0", "a").failing(FrameTruncated.class),
                of(four, "\0\0\0\1a\0\0\0\6abcdef", "a").failing(FrameTooLong.class),
                of(four, "\u00ff\u00ff\u00ff\u00ff").failing(FrameTooLong.class),
                of(Frames.lengthPrefixed(1, 255), "\2ab\0\1c", "ab", "", "c"),
                of(own, "\5\0abc\2\0\7\0abcde", "abc", "", "abcde"),
                of(own, "\3\0a\1\0", "a").failing(FrameMalformed.class),
                of(own, "\10\0abcdef").failing(FrameTooLong.class),
                of(eight, "\4\0\0\0\0\0\0\0abcde\0\0\0\0\0\0\0\0x", "abcde", "x"),
                of(eight, "\0\0\0\0\0\0\0\u0080").failing(FrameTooLong.class),
                of(eight, "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f")
                        .failing(FrameTooLong.class),
                of(
                        joined(Frames.text(UTF_8)),
                        "a\u00c3\u00a9\u00f0\u009f\u0098\u0080\u00ffb\u00e2\u0082",
                        "a\u00e9\ud83d\ude00\ufffdb\ufffd"),
                of(
                        joined(Frames.text(UTF_16BE)),
                        "\0a\u00d8\u003d\u00de\0\0b\0",
                        "a\ud83d\ude00b\ufffd"));
    }

    /** Text is cut where its input is: only all of it is the same. */
    private static Function<Publisher<? extends ByteBuf>, Flux<String>> joined(
            Function<Publisher<? extends ByteBuf>, Flux<String>> text) {
        return source -> text.apply(source).reduce("", String::concat).flux();
    }

    @Override
    public String toString() {
        return name;
    }
}
