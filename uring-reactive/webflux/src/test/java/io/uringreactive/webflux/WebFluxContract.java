// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ListenOptions;
import io.uringreactive.Transport;
import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.HttpServer;
import io.uringreactive.http.UringHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.HttpHandler;

/** Spring handlers on a transport of the real kernel, and clients of theirs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WebFluxContract {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TrackedAllocator allocator = new TrackedAllocator();
    private final LogRecords log = new LogRecords();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final App app = new App();
    private final Transport transport = open();
    private @Nullable HttpHandler webflux;
    private @Nullable HttpServer server;

    /** A transport with one thread. */
    abstract Transport open();

    @BeforeAll
    void start() {
        webflux = app.start();
    }

    @AfterAll
    void stop() {
        client.close();
        app.stop();
        transport.disposeGracefully().block(PATIENCE);
        log.close();
    }

    /** Nothing is logged that a test has not expected, and no buffer is left. */
    @AfterEach
    void check() {
        HttpServer stopped = server;
        if (stopped != null) {
            stopped.dispose();
            server = null;
        }
        log.assertEmpty();
        awaitIdle(transport);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!allocator.unreleased().isEmpty()) {
            assertTrue(System.nanoTime() < deadline, () -> "held: " + allocator.unreleased());
            Thread.onSpinWait();
        }
        log.assertEmpty();
    }

    /** Until no connection is left, and no buffer out, where that can be told. */
    void awaitIdle(Transport used) {
        // Event loops do not count.
    }

    App app() {
        return app;
    }

    LogRecords log() {
        return log;
    }

    /** The application. */
    void serveApp() {
        serve(Objects.requireNonNull(webflux));
    }

    void serve(HttpHandler handler) {
        ListenOptions listen = ListenOptions.port(0).address(new InetSocketAddress("127.0.0.1", 0));
        HttpOptions options = HttpOptions.port(0).listen(listen).transport(transport);
        UringHttpHandlerAdapter adapter =
                new UringHttpHandlerAdapter(handler, new NettyDataBufferFactory(allocator));
        server = UringHttp.listen(options, adapter).blockOptional(PATIENCE).orElseThrow();
    }

    HttpClient client() {
        return client;
    }

    HttpRequest.Builder request(String path) {
        int port = Objects.requireNonNull(server).address().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(Objects.requireNonNull(server).address());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Reads from {@code socket}, byte by byte, so that nothing behind {@code end} is taken. */
    static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        do {
            int c = socket.getInputStream().read();
            if (c < 0) {
                throw new IOException("ended after: " + text);
            }
            text.append((char) c);
        } while (text.length() < end.length()
                || text.indexOf(end, text.length() - end.length()) < 0);
        return text.toString();
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }
}
