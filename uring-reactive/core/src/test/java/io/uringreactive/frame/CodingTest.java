// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Prefixes there and back, delimiters and text against a plain reading of the same bytes. */
class CodingTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @BeforeAll
    static void watchLeaks() {
        Leaks.watch();
    }

    @AfterAll
    static void shouldNotHaveLeaked() {
        Leaks.assertNone();
    }

    private static Feed randomFeed(Random random, byte[] bytes) {
        int[] cuts = new int[random.nextInt(6)];
        Arrays.setAll(cuts, i -> random.nextInt(bytes.length + 1));
        Arrays.sort(cuts);
        return Feed.of(bytes, cuts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-8",
                "UTF-16",
                "UTF-16LE",
                "UTF-32",
                "US-ASCII",
                "Shift_JIS",
                "GB18030",
                "EUC-JP",
                "ISO-2022-JP",
                "Big5"
            })
    void shouldDecodeTextAsIfItWereWhole(Charset charset) {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(30)];
            if (random.nextBoolean()) {
                random.nextBytes(bytes);
            } else {
                bytes =
                        "a\u00e9\u3042\ud83d\ude00\u6f22z"
                                .repeat(random.nextInt(4))
                                .getBytes(charset);
            }
            Feed feed = randomFeed(random, bytes);
            String text = Frames.text(charset).apply(feed).reduce("", String::concat).block(LIMIT);
            assertEquals(new String(bytes, charset), text, "seed " + seed);
            feed.assertReleased("seed " + seed);
        }
    }

    @Test
    void shouldFindTheDelimiterThatEndsFirstAndOfThoseTheLongest() {
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            List<String> delimiters = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                delimiters.add(word(random, 1 + random.nextInt(4)));
            }
            String text = word(random, random.nextInt(40));
            Feed feed = randomFeed(random, text.getBytes(ISO_8859_1));
            FrameTaker taker = new FrameTaker(FrameTaker.Way.ONE_WITHIN_ON_NEXT);
            Frames.delimited(delimiters.stream().map(Conversation::buffer).toList(), 40)
                    .apply(feed)
                    .subscribe(taker);
            assertEquals(
                    split(text, delimiters),
                    taker.frames,
                    () -> text + " by " + delimiters + ", cut at random");
            feed.assertReleased("seed " + seed);
        }
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(2)));
        }
        return word.toString();
    }

    /** Looks at every end of every beginning, again and again. */
    private static List<String> split(String text, List<String> delimiters) {
        List<String> frames = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= text.length(); end++) {
            String seen = text.substring(start, end);
            int longest =
                    delimiters.stream()
                            .filter(seen::endsWith)
                            .mapToInt(String::length)
                            .max()
                            .orElse(0);
            if (longest > 0) {
                frames.add(seen.substring(0, seen.length() - longest));
                start = end;
            }
        }
        if (start < text.length()) {
            frames.add(text.substring(start));
        }
        return frames;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void shouldReadThePrefixesThatItWrites(int bytes) {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (int adjustment : new int[] {0, 1, -bytes}) {
                LengthPrefix prefix = new LengthPrefix(bytes, order, adjustment);
                List<String> messages = List.of("a", "", "b".repeat(200), "c");
                List<String> sent = adjustment == 1 ? List.of("a", "bb") : messages;
                List<ByteBuf> given = sent.stream().map(Conversation::buffer).toList();
                List<String> read =
                        Flux.fromIterable(given)
                                .transform(Frames.prefixLength(prefix))
                                .transform(Frames.lengthPrefixed(prefix, 200))
                                .map(CodingTest::textAndRelease)
                                .collectList()
                                .blockOptional(LIMIT)
                                .orElseThrow();
                assertEquals(sent, read, prefix::toString);
                given.forEach(buffer -> assertEquals(0, buffer.refCnt()));
            }
        }
    }

    private static String textAndRelease(ByteBuf buffer) {
        String text = buffer.toString(ISO_8859_1);
        buffer.release();
        return text;
    }

    @Test
    void shouldRefuseToWriteALengthThatItsPrefixCannotHold() {
        ByteBuf exact = Unpooled.buffer().writeZero(255);
        ByteBuf above = Unpooled.buffer().writeZero(256);
        StepVerifier.create(Flux.just(exact, above).transform(Frames.prefixLength(1)))
                .consumeNextWith(
                        out -> assertEquals(256, out.readableBytes() * (out.release() ? 1 : 0)))
                .expectErrorSatisfies(
                        error -> {
                            FrameTooLong tooLong = assertInstanceOf(FrameTooLong.class, error);
                            assertEquals(255, tooLong.limitBytes());
                            assertEquals(256, tooLong.foundBytes());
                        })
                .verify(LIMIT);
        assertEquals(0, exact.refCnt());
        assertEquals(0, above.refCnt());
        StepVerifier.create(
                        Mono.just(Conversation.buffer(""))
                                .flux()
                                .transform(
                                        Frames.prefixLength(
                                                LengthPrefix.bigEndian(1).adjustment(1))))
                .expectError(FrameMalformed.class)
                .verify(LIMIT);
    }

    @Test
    void shouldSayWhatIsTooLong() {
        FrameTooLong line = tooLong(Feed.of("abcdef".getBytes(UTF_8)));
        assertEquals(3, line.limitBytes());
        assertEquals(6, line.foundBytes());
        assertEquals("a frame of at least 6 bytes, above the limit of 3", line.getMessage());
    }

    private static FrameTooLong tooLong(Feed feed) {
        FrameTaker taker = new FrameTaker(FrameTaker.Way.EVERYTHING);
        Frames.lines(3).apply(feed).subscribe(taker);
        return assertInstanceOf(FrameTooLong.class, taker.ends.getFirst());
    }

    @Test
    void shouldKeepMemoryInProportionToWhatHasCome() throws FrameException {
        Pieces pieces = new Pieces();
        pieces.feed(Conversation.buffer("a"));
        pieces.keep(1 << 30);
        pieces.feed(Conversation.buffer("b".repeat(1_000)));
        pieces.keep(1 << 30);
        ByteBuf kept = pieces.takeBeginning();
        assertEquals(1_001, kept == null ? 0 : kept.capacity());
        if (kept != null) {
            kept.release();
        }
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        for (Runnable wrong :
                List.<Runnable>of(
                        () -> Frames.lines(-1),
                        () -> Frames.lines((1 << 30) + 1),
                        () -> Frames.lines(UTF_16, 10),
                        () -> Frames.lengthPrefixed(3, 10),
                        () -> Frames.delimited(List.of(), 10),
                        () -> Frames.delimited(Unpooled.EMPTY_BUFFER, 10))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
    }
}
