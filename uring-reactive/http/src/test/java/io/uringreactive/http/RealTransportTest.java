// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.Transport;
import io.uringreactive.http.RefusedRequests.Refused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The server on a transport of the real kernel, against plain sockets. */
abstract class RealTransportTest {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final Transport transport = open();
    private @Nullable HttpServer server;

    /** A transport with one thread. */
    abstract Transport open();

    Transport transport() {
        return transport;
    }

    @AfterEach
    void close() {
        server().dispose();
        transport.disposeGracefully().block(PATIENCE);
    }

    void serve(HttpOptions options, HttpHandler handler) {
        serve(options, ConnectionOptions.defaults(), handler);
    }

    private void serve(HttpOptions options, ConnectionOptions connection, HttpHandler handler) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 0);
        ListenOptions listen = ListenOptions.port(0).address(address).connection(connection);
        server =
                Objects.requireNonNull(
                        UringHttp.listen(options.listen(listen).transport(transport), handler)
                                .block(PATIENCE));
    }

    HttpServer server() {
        return Objects.requireNonNull(server);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(server().address());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int c = socket.getInputStream().read();
            if (c < 0) {
                throw new IOException("ended after: " + text);
            }
            text.append((char) c);
        }
        return text.toString();
    }

    static Stream<Refused> refused() {
        return RefusedRequests.all();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldRefuse(Refused refused) throws IOException {
        serve(
                StrictTest.OPTIONS,
                (request, response) -> request.body().doOnNext(ByteBuf::release).then());
        try (Socket socket = connect()) {
            write(socket, refused.request());
            String answer = readAll(socket);
            assertTrue(answer.startsWith("HTTP/1.1 " + refused.violation().status() + " "), answer);
        }
    }

    @Test
    void shouldStopASlowClientsResponseAndUpload() throws Exception {
        AtomicLong produced = new AtomicLong();
        CountDownLatch cancelled = new CountDownLatch(1);
        serve(
                HttpOptions.port(0),
                (request, response) ->
                        response.send(
                                        Flux.<ByteBuf>generate(
                                                sink -> {
                                                    produced.addAndGet(4096);
                                                    sink.next(
                                                            Unpooled.directBuffer(4096)
                                                                    .writeZero(4096));
                                                }))
                                .doOnCancel(cancelled::countDown));
        try (Socket socket = connect()) {
            write(socket, GET);
            readUntil(socket, "\r\n\r\n");
            long last = -1;
            while (last != produced.get()) {
                last = produced.get();
                Mono.delay(Duration.ofMillis(100)).block();
            }
            // The kernel's buffers on both sides, ours, and not what an endless body would be.
            assertTrue(last < 64L << 20, () -> "produced: " + produced);
        }
        assertTrue(cancelled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "the client has left");
    }

    @Test
    void shouldSurviveClientsThatLeaveAnywhere() throws IOException {
        serve(
                HttpOptions.port(0),
                (request, response) ->
                        request.path().equals("/wait")
                                ? Mono.never()
                                : response.send(request.body()));
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        String echo =
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5\r\nhello\r\n0\r\n\r\n";
        String all = GET + echo + "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n" + echo;
        for (int i = 0; i < 200; i++) {
            try (Socket socket = connect()) {
                if (random.nextBoolean()) {
                    socket.setSoLinger(true, 0);
                }
                write(socket, all.substring(0, random.nextInt(all.length() + 1)));
            }
        }
        try (Socket socket = connect()) {
            write(socket, echo);
            assertTrue(readUntil(socket, "0\r\n\r\n").contains("hello"), "seed " + seed);
        }
    }

    @Test
    void shouldStopInOrder() throws Exception {
        Sinks.One<String> answer = Sinks.one();
        CountDownLatch asked = new CountDownLatch(1);
        // The stop is in order also for clients that never close: it waits so long for them.
        serve(
                HttpOptions.port(0),
                ConnectionOptions.defaults().closeTimeout(Duration.ofSeconds(1)),
                (request, response) -> {
                    asked.countDown();
                    return request.path().equals("/now")
                            ? response.sendText("now")
                            : answer.asMono().flatMap(response::sendText);
                });
        try (Socket idle = connect();
                Socket busy = connect()) {
            write(idle, "GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
            readUntil(idle, "now");
            write(busy, GET);
            assertTrue(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            Sinks.Empty<Void> stopped = Sinks.empty();
            server().stop().subscribe(nothing -> {}, stopped::tryEmitError, stopped::tryEmitEmpty);
            assertEquals("", readAll(idle), "idle connections go at once");
            assertThrows(IOException.class, () -> connect().close());
            answer.tryEmitValue("late");
            String text = readAll(busy);
            assertTrue(text.contains("connection: close") && text.endsWith("late"), text);
            stopped.asMono().block(PATIENCE);
            server().onClose().block(PATIENCE);
        }
    }

    @Test
    void shouldRefuseConnectionsAboveTheLimit() throws IOException {
        serve(
                HttpOptions.port(0).connectionsMax(1),
                (request, response) -> response.sendText("one"));
        try (Socket first = connect()) {
            write(first, GET);
            readUntil(first, "one");
            try (Socket second = connect()) {
                assertTrue(readAll(second).startsWith("HTTP/1.1 503 "));
            }
            write(first, GET);
            readUntil(first, "one");
        }
    }
}
