// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.uringreactive.UringNet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Few combinations of options in which every two values meet, each with some requests. */
class MatrixTest {
    private static final int REQUESTS = 4_000;

    @BeforeAll
    static void warmUp() throws InterruptedException {
        assumeTrue(UringNet.availability().isAvailable(), UringNet.availability()::toString);
        Trial.warmUp();
    }

    static Stream<Combination> pairwise() {
        return UringNet.availability().isAvailable()
                ? Combination.pairwise().stream()
                : Stream.empty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("pairwise")
    void shouldServeEveryRequestAndLeaveNothing(Combination combination)
            throws InterruptedException {
        Trial.Outcome outcome = new Trial(combination, REQUESTS).run();
        assertEquals(null, outcome.failure());
        assertEquals(REQUESTS, outcome.requests());
        assertTrue(outcome.connections() > 48, "some come and go");
    }

    @Test
    void shouldTryEveryPairOfValuesWithFewCombinations() {
        List<Combination> all = Combination.all();
        List<Combination> chosen = Combination.pairwise();
        assertTrue(chosen.size() <= all.size() / 3, () -> chosen.size() + " of " + all.size());
        for (Combination one : all) {
            assertTrue(
                    chosen.stream()
                            .anyMatch(
                                    it ->
                                            it.polling() == one.polling()
                                                    && it.mode() == one.mode()));
            assertTrue(
                    chosen.stream()
                            .anyMatch(
                                    it ->
                                            it.direct() == one.direct()
                                                    && it.rings() == one.rings()));
            assertTrue(
                    chosen.stream()
                            .anyMatch(
                                    it ->
                                            it.multishotAccept() == one.multishotAccept()
                                                    && it.rings() == one.rings()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nxyz",
                "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncont"
            })
    void shouldFailForAReplyThatIsWrongOrMissing(String reply) throws Exception {
        try (ServerSocket liar = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answer(liar, reply));
            Progress progress = new Progress();
            InetSocketAddress address = (InetSocketAddress) liar.getLocalSocketAddress();
            new Client(address, new AtomicLong(1), progress, false, 1).run();
            assertNotNull(progress.failure());
            assertEquals(0, progress.replies());
        }
    }

    private static void answer(ServerSocket liar, String reply) {
        try (Socket socket = liar.accept()) {
            int first = socket.getInputStream().read();
            OutputStream out = socket.getOutputStream();
            out.write(first < 0 ? new byte[0] : reply.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
