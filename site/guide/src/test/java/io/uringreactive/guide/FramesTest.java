// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.frame.FrameTooLong;
import io.uringreactive.frame.Frames;
import io.uringreactive.test.TestConnection;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** guide/frames.md. */
class FramesTest {
    // #region lines
    /** Answers each line with its length. */
    static Mono<Void> lengths(Connection conn) {
        Flux<String> lines = conn.receive().transform(Frames.lines(UTF_8, 1024));
        return conn.sendText(lines.map(line -> line.length() + "\n"));
    }

    // #endregion lines

    @Test
    void shouldFindLinesWhereverTheyAreCut() {
        for (int pieceBytes = 1; pieceBytes < 12; pieceBytes++) {
            TestConnection conn = TestConnection.create();
            conn.handle(FramesTest::lengths).subscribe();
            conn.peer().writePieces("one\nthree\r\n\n", pieceBytes);
            conn.peer().shutdownWrite();
            assertEquals("3\n5\n0\n", conn.peer().received());
            conn.assertNothingLeaked();
        }
    }

    @Test
    void shouldRefuseALineThatIsTooLong() {
        TestConnection conn = TestConnection.create();
        conn.handle(FramesTest::lengths).subscribe();
        conn.peer().write("x".repeat(1025));
        FrameTooLong error = assertInstanceOf(FrameTooLong.class, conn.handlerError());
        assertEquals(1024, error.limitBytes());
        conn.assertNothingLeaked();
    }

    // #region prefixed
    /** Sends every frame back; before each stands its length, in four bytes. */
    static Mono<Void> echoFrames(Connection conn) {
        Flux<ByteBuf> frames = conn.receive().transform(Frames.lengthPrefixed(4, 64 * 1024));
        return conn.send(frames.transform(Frames.prefixLength(4)));
    }

    // #endregion prefixed

    @Test
    void shouldEchoFrames() {
        TestConnection conn = TestConnection.create();
        conn.handle(FramesTest::echoFrames).subscribe();
        byte[] frames = {0, 0, 0, 2, 'h', 'i', 0, 0, 0, 0};
        conn.peer().writePieces(frames, 3);
        conn.peer().shutdownWrite();
        assertArrayEquals(frames, conn.peer().read());
        conn.assertNothingLeaked();
    }
}
