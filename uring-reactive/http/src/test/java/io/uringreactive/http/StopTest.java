// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufAllocator;
import io.uringreactive.ListenOptions;
import io.uringreactive.Net;
import io.uringreactive.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** A stop in order loses nothing of a response that has begun, whatever is thrown away after it. */
class StopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** More than the kernel takes for a client that does not read. */
    private static final int SIZE = 16 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"uring", "epoll", "nio"})
    void shouldCompleteBehindTheLastByteOfASlowClient(String provider) throws Exception {
        Transport transport = Net.provider(provider).open(1);
        HttpOptions options =
                HttpOptions.port(0)
                        .listen(ListenOptions.port(0).host("127.0.0.1"))
                        .transport(transport);
        HttpServer server =
                Objects.requireNonNull(
                        UringHttp.listen(
                                        options,
                                        (request, response) ->
                                                response.send(
                                                        Mono.fromSupplier(
                                                                () ->
                                                                        ByteBufAllocator.DEFAULT
                                                                                .directBuffer(SIZE)
                                                                                .writeZero(SIZE))))
                                .block(PATIENCE));
        try (Socket client = begin(server.address().getPort())) {
            CompletableFuture<@Nullable Void> stopped =
                    server.stop().doOnTerminate(transport::dispose).toFuture();
            assertEquals(SIZE, client.getInputStream().readAllBytes().length);
            client.shutdownOutput();
            stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            transport.dispose();
        }
    }

    /** Has asked, and read the response's head. */
    private static Socket begin(int port) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(16 * 1024);
        client.setSoTimeout((int) PATIENCE.toMillis());
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) client.getInputStream().read());
        }
        return client;
    }
}
