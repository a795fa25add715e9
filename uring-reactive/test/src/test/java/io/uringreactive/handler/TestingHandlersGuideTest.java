// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.test.Fault;
import io.uringreactive.test.SimulatedKernel;
import io.uringreactive.test.SimulatedPeer;
import io.uringreactive.test.SimulatedServer;
import io.uringreactive.test.SimulationFaults;
import io.uringreactive.test.TestConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The examples of docs/guides/testing-handlers.md, which shows them as they stand here. */
class TestingHandlersGuideTest {
    private static final Path GUIDE = Path.of("../../docs/guides/testing-handlers.md");
    private static final Path SOURCE =
            Path.of("src/test/java/io/uringreactive/handler/TestingHandlersGuideTest.java");

    @Test
    void shouldEcho() {
        TestConnection conn = TestConnection.create();
        conn.handle(c -> c.send(c.receive())).subscribe();

        conn.peer().write("hel").write("lo");
        assertEquals("hello", conn.peer().received());

        conn.peer().shutdownWrite();
        assertTrue(conn.peer().sawEnd());
        assertNull(conn.handlerError());
        conn.assertNothingLeaked();
    }

    /** Answers the length of what the peer sends until its end, within ten seconds. */
    static Mono<Void> count(Connection conn) {
        return conn.receive()
                .map(
                        buffer -> {
                            int bytes = buffer.readableBytes();
                            buffer.release();
                            return bytes;
                        })
                .reduce(0, Integer::sum)
                .timeout(Duration.ofSeconds(10), conn.scheduler())
                .flatMap(sum -> conn.sendText("bytes: " + sum));
    }

    @Test
    void shouldCountWhateverTheFragments() {
        for (int pieceBytes = 1; pieceBytes <= 11; pieceBytes++) {
            TestConnection conn = TestConnection.create();
            conn.handle(TestingHandlersGuideTest::count).subscribe();

            conn.peer().writePieces("hello world", pieceBytes);
            conn.peer().shutdownWrite();

            assertEquals("bytes: 11", conn.peer().received());
            conn.assertNothingLeaked();
        }
    }

    @Test
    void shouldGiveUpAfterTenSeconds() {
        TestConnection conn = TestConnection.create();
        conn.handle(TestingHandlersGuideTest::count).subscribe();

        conn.peer().write("and then nothing");
        conn.scheduler().advanceTimeBy(Duration.ofSeconds(10));

        assertTrue(conn.handlerError() instanceof TimeoutException);
        assertTrue(conn.peer().sawReset());
        conn.assertNothingLeaked();
    }

    @Test
    void shouldNotReadAheadOfASlowPeer() {
        TestConnection conn = TestConnection.create();
        conn.handle(c -> c.send(c.receive())).subscribe();
        conn.peer().pauseReading();

        for (int i = 0; i < 100; i++) {
            conn.peer().write("x");
        }
        assertEquals(0, conn.requested());
        assertEquals(68, conn.undelivered());

        conn.peer().resumeReading();
        assertEquals(100, conn.peer().receivedBytes());
        conn.peer().shutdownWrite();
        conn.assertNothingLeaked();
    }

    @Test
    void shouldFindTheLeak() {
        TestConnection conn = TestConnection.create();
        conn.handle(c -> c.receive().map(ByteBuf::readableBytes).then()).subscribe();

        conn.peer().write("who releases this?");

        AssertionError leak = assertThrows(AssertionError.class, conn::assertNothingLeaked);
        assertTrue(leak.toString().contains("who releases this?"));
    }

    @Test
    void shouldCountOnEverySimulatedKernel() {
        for (long seed = 0; seed < 50; seed++) {
            SimulationFaults faults = SimulationFaults.some();
            SimulatedKernel kernel =
                    SimulatedKernel.seeded(
                            seed, faults.without(Fault.RESET).without(Fault.ACCEPT_ERROR));
            try (SimulatedServer server =
                    SimulatedServer.start(kernel, TestingHandlersGuideTest::count)) {
                SimulatedPeer peer = server.connect().write("x".repeat(5_000));
                peer.shutdownWrite();
                server.run(peer::sawEnd);
                assertEquals("bytes: 5000", peer.received());
                server.stop();
            }
        }
    }

    @Test
    void shouldStandInTheGuideAsItStandsHere() throws IOException {
        String source = unindented(Files.readString(SOURCE));
        List<String> examples =
                Pattern.compile("(?s)```java\n(.*?)```")
                        .matcher(Files.readString(GUIDE, UTF_8))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .toList();
        assertEquals(7, examples.size());
        for (String example : examples) {
            assertTrue(source.contains(unindented(example)), "not in this file:\n" + example);
        }
    }

    private static String unindented(String code) {
        return code.replaceAll("(?m)^ +", "");
    }
}
