// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ListenOptions;
import io.uringreactive.Net;
import io.uringreactive.Transport;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files, whole and in parts, and what stands in their heads. */
class FileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path directory = Path.of("");
    private final Transport transport = Net.provider("nio").open(1);
    private int port;

    @BeforeEach
    void serve() {
        HttpRoutes routes =
                HttpRoutes.none()
                        .get(
                                "/{name}",
                                (request, response) ->
                                        response.sendFile(
                                                directory.resolve(request.pathParameter("name"))));
        HttpOptions options =
                HttpOptions.port(0)
                        .listen(ListenOptions.port(0).host("127.0.0.1"))
                        .transport(transport);
        port =
                Objects.requireNonNull(UringHttp.listen(options, routes).block(PATIENCE))
                        .address()
                        .getPort();
    }

    @AfterEach
    void stop() {
        transport.disposeGracefully().block(PATIENCE);
    }

    private String ask(String line, String... fields) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String request =
                    line
                            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                            + String.join("", fields)
                            + "\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 206, a, bytes 0-0/10",
        "bytes=2-4, 206, cde, bytes 2-4/10",
        "bytes=7-, 206, hij, bytes 7-9/10",
        "bytes=-3, 206, hij, bytes 7-9/10",
        "bytes=-30, 206, abcdefghij, bytes 0-9/10",
        "bytes=5-99, 206, fghij, bytes 5-9/10",
        "bytes=10-, 416, '', bytes */10",
        "bytes=-0, 416, '', bytes */10",
        "bytes=4-2, 200, abcdefghij, ",
        "'bytes=0-1,3-4', 200, abcdefghij, ",
        "lines=0-1, 200, abcdefghij, ",
        "bytes=, 200, abcdefghij, ",
        "bytes=-, 200, abcdefghij, ",
        "bytes=0-9999999999999999999, 200, abcdefghij, "
    })
    void shouldSendARange(String range, int status, String body, @Nullable String contentRange)
            throws IOException {
        Files.writeString(directory.resolve("f.txt"), "abcdefghij");
        String answer = ask("GET /f.txt", "Range: " + range + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.endsWith("\r\n\r\n" + body), answer);
        assertTrue(answer.contains("content-length: " + body.length() + "\r\n"), answer);
        assertEquals(contentRange != null, answer.contains("content-range: "), answer);
        assertTrue(contentRange == null || answer.contains(contentRange), answer);
    }

    @Test
    void shouldSendALargeFile() throws IOException {
        byte[] content = new byte[3_000_001];
        new Random(1).nextBytes(content);
        Files.write(directory.resolve("large"), content);
        String answer = ask("GET /large");
        assertTrue(answer.endsWith("\r\n\r\n" + new String(content, ISO_8859_1)));
    }

    @Test
    void shouldTellWhatAClientHasAlready() throws IOException {
        Files.writeString(directory.resolve("f.txt"), "abc");
        String head = ask("HEAD /f.txt");
        assertTrue(head.contains("content-length: 3\r\n") && head.endsWith("\r\n\r\n"), head);
        String modified = head.replaceAll("(?s).*last-modified: ([^\r]*).*", "$1");
        String same = ask("GET /f.txt", "If-Modified-Since: " + modified + "\r\n");
        assertTrue(same.startsWith("HTTP/1.1 304 "), same);
        String range = "Range: bytes=1-1\r\nIf-Range: ";
        assertTrue(ask("GET /f.txt", range + modified + "\r\n").endsWith("\r\n\r\nb"));
        assertTrue(ask("GET /f.txt", range + "\"x\"\r\n").endsWith("\r\n\r\nabc"));
    }

    @Test
    void shouldRouteByMethodAndPath() throws IOException {
        assertTrue(ask("GET /none").startsWith("HTTP/1.1 404 "));
        assertTrue(ask("GET /a/b").startsWith("HTTP/1.1 404 "));
        String wrong = ask("DELETE /none");
        assertTrue(wrong.startsWith("HTTP/1.1 405 ") && wrong.contains("allow: GET, HEAD"), wrong);
        Files.writeString(directory.resolve("a b+c"), "decoded");
        assertTrue(ask("GET /a%20b+c").endsWith("decoded"));
    }
}
