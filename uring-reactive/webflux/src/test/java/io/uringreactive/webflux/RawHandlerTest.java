// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Net;
import io.uringreactive.Transport;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.HttpHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Handlers without WebFlux, on threads of their own, and files. */
class RawHandlerTest extends WebFluxContract {
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    @TempDir private Path directory = Path.of("");

    @Override
    Transport open() {
        return Net.provider("nio").open(1);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void shouldAnswerFromOtherThreads() throws Exception {
        serve(
                (request, response) ->
                        response.writeWith(
                                Flux.just("h", "el", "lo")
                                        .delayElements(Duration.ofMillis(1), Schedulers.parallel())
                                        .map(text -> ExchangeTest.buffer(response, text))
                                        .publishOn(Schedulers.boundedElastic())));
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    "hello", client().send(request("/").build(), BodyHandlers.ofString()).body());
        }
    }

    @Test
    void shouldReadAndWriteOnOtherThreads() throws Exception {
        serve(
                (request, response) ->
                        Mono.defer(
                                        () ->
                                                response.writeWith(
                                                        request.getBody()
                                                                .publishOn(
                                                                        Schedulers.parallel(), 2)))
                                .subscribeOn(Schedulers.boundedElastic()));
        for (int i = 0; i < 10; i++) {
            byte[] sent = randomBytes(random.nextInt(500_000) + 1);
            byte[] echoed =
                    client().send(
                                    request("/").POST(BodyPublishers.ofByteArray(sent)).build(),
                                    BodyHandlers.ofByteArray())
                            .body();
            assertArrayEquals(sent, echoed, "seed " + seed);
        }
    }

    /** In one buffer, which is as large as the connection can take at once, and larger. */
    @Test
    void shouldWriteWithoutReadingTheRequest() throws Exception {
        byte[] answer = randomBytes(1_000_000);
        serve(
                (request, response) -> {
                    DataBuffer body = response.bufferFactory().allocateBuffer(answer.length);
                    return response.writeWith(Mono.just(body.write(answer)));
                });
        for (int i = 0; i < 5; i++) {
            HttpResponse<byte[]> received =
                    client().send(
                                    request("/")
                                            .POST(BodyPublishers.ofByteArray(randomBytes(10_000)))
                                            .build(),
                                    BodyHandlers.ofByteArray());
            assertArrayEquals(answer, received.body(), "seed " + seed);
        }
    }

    @Test
    void shouldCollectWhatArrivesInPieces() throws Exception {
        serve(
                (request, response) ->
                        DataBufferUtils.join(request.getBody())
                                .flatMap(
                                        all -> {
                                            int length = all.readableByteCount();
                                            DataBufferUtils.release(all);
                                            return response.writeWith(
                                                    ExchangeTest.mono(
                                                            response, String.valueOf(length)));
                                        }));
        byte[] sent = randomBytes(300_000);
        assertEquals(
                "300000",
                client().send(
                                request("/").POST(BodyPublishers.ofByteArray(sent)).build(),
                                BodyHandlers.ofString())
                        .body());
    }

    private static HttpHandler sending(Path file, long position, long count) {
        return (request, response) ->
                ((ZeroCopyHttpOutputMessage) response).writeWith(file, position, count);
    }

    private String answer() throws IOException {
        try (Socket socket = connect()) {
            write(socket, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void shouldSendAPieceOfAFile() throws IOException {
        Path file = Files.write(directory.resolve("file"), "0123456789".getBytes(ISO_8859_1));
        serve(sending(file, 3, 4));
        String answer = answer();
        assertTrue(answer.contains("content-length: 4\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n3456"), answer);
    }

    @Test
    void shouldAnswer500ForAFileThatIsNotThere() throws IOException {
        serve(sending(directory.resolve("missing"), 0, 10));
        String answer = answer();
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertTrue(log().take().getFirst().contains(NoSuchFileException.class.getSimpleName()));
    }

    @Test
    void shouldAnswer500ForAFileThatIsShorter() throws IOException {
        serve(sending(Files.write(directory.resolve("file"), new byte[5]), 0, 10));
        String answer = answer();
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertEquals(1, log().take().size());
    }
}
