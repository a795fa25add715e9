// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.UringNet;
import io.uringreactive.sys.ring.RingUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** The programs, as curl, ab, wrk and nc see them. The long form is in {@code bench/}. */
class RealClientsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private @Nullable RingGroup group;
    private String host = "";
    private int port;

    private void serve(Program program, int rings) throws IOException {
        try {
            RingGroup created = RingGroup.create(RingGroupOptions.defaults().rings(rings));
            group = created;
            listen(program, created);
        } catch (RingUnavailable e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }

    private void listen(Program program, RingGroup group) throws IOException {
        Listener listener =
                Objects.requireNonNull(
                        UringNet.listen(ListenOptions.port(0).host("127.0.0.1").group(group))
                                .block(LIMIT));
        port = listener.address().getPort();
        host = "http://127.0.0.1:" + port + "/";
        listener.serve(program.handler(Program.Inputs.NONE)).subscribe();
    }

    @AfterEach
    void shouldHaveGivenEverythingBack() {
        RingGroup group = this.group;
        if (group == null) {
            return;
        }
        long deadline = System.nanoTime() + LIMIT.toNanos();
        List<RingStatus> rings = statuses(group);
        while (rings.stream().anyMatch(r -> r.connections() > 0 || r.buffersOut() > 0)) {
            assertTrue(System.nanoTime() < deadline, "still held: " + rings);
            Thread.onSpinWait();
            rings = statuses(group);
        }
        group.disposeGracefully().block(LIMIT);
    }

    private static List<RingStatus> statuses(RingGroup group) {
        return Flux.fromIterable(group.rings())
                .flatMap(RingScheduler::status)
                .collectList()
                .blockOptional(LIMIT)
                .orElseThrow();
    }

    @Test
    void shouldAnswerCurl() throws Exception {
        Client.require("curl", "curl");
        serve(Program.STUDY, 2);
        for (String version : List.of("--http1.0", "--http1.1")) {
            String answer = Client.run("", "curl", "-sS", "-i", "-m", "5", version, host + "x?y=1");
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nHello from uring-reactive\n"), answer);
        }
        String twice = Client.run("", "curl", "-sSv", "-m", "5", host, host);
        assertTrue(twice.toLowerCase().contains("re-using existing connection"), twice);
        String posted =
                Client.run("body ".repeat(50_000), "curl", "-sS", "-m", "5", "-T", "-", host);
        assertEquals("Hello from uring-reactive\n", posted);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void shouldServeAbWithoutAFailure(int rings) throws Exception {
        Client.require("ab", "apache2-utils");
        serve(Program.STUDY, rings);
        for (String keepAlive : List.of("-q", "-k")) {
            String report =
                    Client.run(
                            "", "ab", "-q", "-n", "10000", "-c", "50", "-s", "10", keepAlive, host);
            assertTrue(report.matches("(?s).*Complete requests:\\s+10000\n.*"), report);
            assertTrue(report.matches("(?s).*Failed requests:\\s+0\n.*"), report);
            assertFalse(report.contains("Non-2xx responses"), report);
        }
    }

    @Test
    void shouldServeWrkWithoutAnError() throws Exception {
        Client.require("wrk", "wrk");
        serve(Program.STUDY, 2);
        String report = Client.run("", "wrk", "-t1", "-c50", "-d2s", host);
        assertTrue(report.contains("requests in 2."), report);
        assertFalse(report.contains("Socket errors"), report);
        assertFalse(report.contains("Non-2xx"), report);
    }

    @Test
    void shouldEchoToNetcat() throws Exception {
        Client.require("nc", "netcat-openbsd");
        serve(Program.ECHO, 2);
        String text = "a line\n".repeat(20_000);
        assertEquals(
                text, Client.run(text, "nc", "-N", "-w", "5", "127.0.0.1", Integer.toString(port)));
    }

    @Test
    void shouldEchoToOpenssl() throws Exception {
        Client.require("openssl", "openssl");
        serve(Program.TLS_ECHO, 2);
        String output =
                Client.run("Q\n", "openssl", "s_client", "-connect", "127.0.0.1:" + port, "-brief");
        assertTrue(output.contains("Protocol version: TLSv1.3"), output);
    }

    @Test
    void shouldChatWithNetcat() throws Exception {
        Client.require("nc", "netcat-openbsd");
        serve(Program.CHAT, 2);
        String said = "hello\r\n" + "is anybody here?\n".repeat(100) + "bye";
        assertEquals(
                said.replace("\r", "") + "\n",
                Client.run(said, "nc", "-N", "-w", "5", "127.0.0.1", Integer.toString(port)));
    }
}
