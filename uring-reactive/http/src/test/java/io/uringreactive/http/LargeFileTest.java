// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ListenOptions;
import io.uringreactive.Net;
import io.uringreactive.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are sent as the kernel's own pages, on each transport. */
class LargeFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SIZE = 5_000_003;

    @TempDir private Path directory = Path.of("");
    private @Nullable Transport opened;
    private final byte[] content = new byte[SIZE];
    private Path file = Path.of("");
    private int port;

    private void serve(String provider) throws IOException {
        Transport transport = Net.provider(provider).open(1);
        opened = transport;
        new Random(1).nextBytes(content);
        file = Files.write(directory.resolve("large"), content);
        HttpOptions options =
                HttpOptions.port(0)
                        .listen(ListenOptions.port(0).host("127.0.0.1"))
                        .transport(transport);
        HttpServer server =
                UringHttp.listen(options, (request, response) -> response.sendFile(file))
                        .block(PATIENCE);
        port = Objects.requireNonNull(server).address().getPort();
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(opened).disposeGracefully().block(PATIENCE);
        // The thread that maps may be at it when the client leaves.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (mappings() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(0, mappings());
    }

    /** Of the file, in this process. */
    private long mappings() {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.endsWith(file.toString())).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Socket ask(String fields) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    private static void skipHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "epoll", "nio"})
    void shouldSendEveryByte(String provider) throws IOException {
        serve(provider);
        shouldSend(0, SIZE);
        shouldSend(1, 131_072);
        shouldSend(4095, 131_073);
        shouldSend(777_777, 3_000_000);
        shouldSend(SIZE - 131_072, 131_072);
    }

    private void shouldSend(int from, int count) throws IOException {
        try (Socket socket = ask("Range: bytes=" + from + "-" + (from + count - 1) + "\r\n")) {
            skipHead(socket.getInputStream());
            byte[] received = socket.getInputStream().readAllBytes();
            assertArrayEquals(Arrays.copyOfRange(content, from, from + count), received);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "epoll", "nio"})
    void shouldBreakOffWhenTheFileIsCutShort(String provider) throws IOException {
        serve(provider);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = ask("")) {
            skipHead(socket.getInputStream());
            try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
                cut.setLength(100);
            }
            socket.getInputStream().transferTo(received);
        } catch (SocketException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("reset"), e.toString());
        }
        assertFalse(received.size() == SIZE, "the client takes it for whole");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "epoll", "nio"})
    void shouldUnmapWhatAClientDoesNotTake(String provider) throws IOException {
        serve(provider);
        try (Socket socket = ask("")) {
            skipHead(socket.getInputStream());
        }
    }
}
