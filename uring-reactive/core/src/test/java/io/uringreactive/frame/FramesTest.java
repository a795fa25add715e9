// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Every conversation, cut, cancelled and failing everywhere, with every kind of demand. */
class FramesTest {
    private static final FrameTaker.Way[] WAYS = {
        FrameTaker.Way.EVERYTHING,
        FrameTaker.Way.ONE_WITHIN_ON_NEXT,
        FrameTaker.Way.TWO_WITHIN_ON_NEXT
    };

    @BeforeAll
    static void watchLeaks() {
        Leaks.watch();
    }

    @AfterAll
    static void shouldNotHaveLeaked() {
        Leaks.assertNone();
    }

    static Stream<Conversation> conversations() {
        return Conversation.all().stream();
    }

    /** Those without an operator of Reactor's behind, some of which complete after a cancel. */
    static Stream<Conversation> bareConversations() {
        return conversations().filter(c -> c.frames().apply(Flux.empty()) instanceof FrameFlux);
    }

    private static void check(Conversation conversation, Feed feed, FrameTaker.Way way) {
        FrameTaker taker = new FrameTaker(way);
        conversation.frames().apply(feed).subscribe(taker);
        checkEnd(conversation, feed, taker);
    }

    private static void checkEnd(Conversation conversation, Feed feed, FrameTaker taker) {
        assertEquals(conversation.expected(), taker.frames);
        assertEquals(1, taker.ends.size());
        Class<? extends Throwable> error = conversation.error();
        if (error == null) {
            assertEquals("complete", taker.ends.getFirst());
        } else {
            assertInstanceOf(error, taker.ends.getFirst());
        }
        feed.assertReleased(conversation.name());
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void shouldNotDependOnWhereTheInputIsCut(Conversation conversation) {
        byte[] bytes = conversation.bytes();
        for (FrameTaker.Way way : WAYS) {
            check(conversation, Feed.of(bytes), way);
            check(conversation, Feed.byteByByte(bytes), way);
            for (int first = 0; first <= bytes.length; first++) {
                check(conversation, Feed.of(bytes, first), way);
                for (int second = first; second <= bytes.length; second++) {
                    check(conversation, Feed.of(bytes, first, second), way);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void shouldNotDependOnRandomCuts(Conversation conversation) {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int[] cuts = new int[random.nextInt(8)];
            Arrays.setAll(cuts, i -> random.nextInt(conversation.bytes().length + 1));
            Arrays.sort(cuts);
            check(conversation, Feed.of(conversation.bytes(), cuts), WAYS[random.nextInt(3)]);
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void shouldEmitNoMoreThanRequestedAndEndWithoutDemand(Conversation conversation) {
        for (int cut = 0; cut <= conversation.bytes().length; cut++) {
            Feed feed = Feed.of(conversation.bytes(), cut);
            FrameTaker taker = new FrameTaker(FrameTaker.Way.BY_HAND);
            conversation.frames().apply(feed).subscribe(taker);
            assertEquals(0, feed.pieces(), "nothing was requested yet");
            for (int i = 0; i < conversation.expected().size(); i++) {
                assertEquals(i, taker.frames.size());
                taker.request(1);
            }
            if (taker.ends.isEmpty()) {
                taker.request(1); // the input's end had not been asked for
            }
            checkEnd(conversation, feed, taker);
        }
    }

    @ParameterizedTest
    @MethodSource("bareConversations")
    void shouldReleaseEverythingWhenCancelledAfterAnyFrame(Conversation conversation) {
        for (int frames = 1; frames <= conversation.expected().size(); frames++) {
            for (int cut = 0; cut <= conversation.bytes().length; cut++) {
                for (FrameTaker.Way way : WAYS) {
                    Feed feed = Feed.of(conversation.bytes(), cut);
                    FrameTaker taker = new FrameTaker(way, frames);
                    conversation.frames().apply(feed).subscribe(taker);
                    assertEquals(conversation.expected().subList(0, frames), taker.frames);
                    assertEquals(List.of(), taker.ends);
                    assertTrue(feed.isCancelled());
                    feed.assertReleased(conversation.name());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bareConversations")
    void shouldReleaseEverythingWhenCancelledFromOutside(Conversation conversation) {
        for (int frames = 0; frames < conversation.expected().size(); frames++) {
            Feed feed = Feed.byteByByte(conversation.bytes());
            FrameTaker taker = new FrameTaker(FrameTaker.Way.BY_HAND);
            conversation.frames().apply(feed).subscribe(taker);
            for (int i = 0; i < frames; i++) {
                taker.request(1);
            }
            taker.cancel();
            assertEquals(frames, taker.frames.size());
            assertEquals(List.of(), taker.ends);
            feed.assertReleased(conversation.name());
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void shouldPassOnAnErrorAfterAnyByte(Conversation conversation) {
        IllegalStateException error = new IllegalStateException("on purpose");
        for (int end = 0; end <= conversation.bytes().length; end++) {
            byte[] some = Arrays.copyOf(conversation.bytes(), end);
            for (FrameTaker.Way way : WAYS) {
                Feed feed = Feed.of(some, end / 2).failing(error);
                FrameTaker taker = new FrameTaker(way);
                conversation.frames().apply(feed).subscribe(taker);
                assertEquals(conversation.expected().subList(0, taker.frames.size()), taker.frames);
                assertEquals(1, taker.ends.size());
                if (!(taker.ends.getFirst() instanceof FrameException)) {
                    assertSame(error, taker.ends.getFirst());
                    assertFalse(feed.isCancelled());
                }
                feed.assertReleased(conversation.name());
            }
        }
    }
}
