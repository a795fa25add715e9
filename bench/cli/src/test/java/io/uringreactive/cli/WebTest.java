// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.sys.ring.RingUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** {@code serve http}, as curl, ab and wrk see it. */
class WebTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path FILE = Path.of(System.getProperty("java.home"), "release");

    private @Nullable RingGroup group;
    private String url = "";

    private void serve() throws IOException {
        try {
            RingGroup created = RingGroup.create(RingGroupOptions.defaults().rings(2));
            group = created;
            Listener listener =
                    Objects.requireNonNull(
                            created.listen(ListenOptions.port(0).host("127.0.0.1")).block(LIMIT));
            url = "http://127.0.0.1:" + listener.address().getPort();
            listener.serve(Program.HTTP.handler(Program.Inputs.NONE)).subscribe();
        } catch (RingUnavailable e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }

    @AfterEach
    void stop() {
        RingGroup serving = group;
        if (serving != null) {
            serving.disposeGracefully().block(LIMIT);
        }
    }

    @Test
    void shouldServeCurl() throws Exception {
        Client.require("curl", "curl");
        serve();
        String text = Client.run("", "curl", "-sS", "-m", "5", url + "/", url + "/");
        assertEquals("Hello, World!Hello, World!", text);
        String head = Client.run("", "curl", "-sS", "-m", "5", "-I", url + "/");
        assertTrue(head.contains("content-length: 13"), head);
        String body = "upload ".repeat(100_000);
        assertEquals(
                body,
                Client.run(
                        body, "curl", "-sS", "-m", "10", "-X", "POST", "-T", "-", url + "/echo"));
        String lines = Client.run("", "curl", "-sS", "-m", "5", url + "/stream");
        assertTrue(lines.startsWith("line 1\n") && lines.endsWith("\nline 1000\n"), lines);
        assertEquals(
                Files.readString(FILE), Client.run("", "curl", "-sS", "-m", "5", url + "/file"));
        assertEquals(
                Files.readString(FILE).substring(2, 8),
                Client.run("", "curl", "-sS", "-m", "5", "-r", "2-7", url + "/file"));
    }

    @Test
    void shouldServeAbWithoutAFailure() throws Exception {
        Client.require("ab", "apache2-utils");
        serve();
        String report =
                Client.run("", "ab", "-q", "-n", "10000", "-c", "50", "-s", "10", "-k", url + "/");
        assertTrue(report.matches("(?s).*Complete requests:\\s+10000\n.*"), report);
        assertTrue(report.matches("(?s).*Failed requests:\\s+0\n.*"), report);
        assertTrue(report.matches("(?s).*Keep-Alive requests:\\s+10000\n.*"), report);
        assertFalse(report.contains("Non-2xx responses"), report);
    }

    @Test
    void shouldServeWrkWithoutAnError() throws Exception {
        Client.require("wrk", "wrk");
        serve();
        String report = Client.run("", "wrk", "-t1", "-c50", "-d2s", url + "/");
        assertTrue(report.contains("requests in 2."), report);
        assertFalse(report.contains("Socket errors"), report);
        assertFalse(report.contains("Non-2xx"), report);
    }
}
