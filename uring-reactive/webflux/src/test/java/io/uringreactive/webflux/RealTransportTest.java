// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A WebFlux application, as clients see it. */
abstract class RealTransportTest extends WebFluxContract {
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    private String text(String path) throws Exception {
        return client().send(request(path).build(), BodyHandlers.ofString()).body();
    }

    @Test
    void shouldServeControllers() throws Exception {
        serveApp();
        assertEquals("hello you!", text("/hello/you"));
        assertEquals("hello \u00e9t\u00e9?", text("/hello/%C3%A9t%C3%A9?end=%3f"));
        assertEquals(
                "[{\"number\":1,\"text\":\"a\"},{\"number\":2,\"text\":\"b\"}]", text("/list"));
        assertTrue(text("/blocking").startsWith("boundedElastic"));
        HttpResponse<String> missing =
                client().send(request("/nowhere").build(), BodyHandlers.ofString());
        assertEquals(404, missing.statusCode());
        HttpResponse<String> none =
                client().send(request("/none").build(), BodyHandlers.ofString());
        assertEquals(204, none.statusCode());
        assertEquals("1", none.headers().firstValue("x-a").orElse(""));
    }

    @Test
    void shouldEchoBodiesOfAnySize() throws Exception {
        serveApp();
        for (int bound : new int[] {1, 100, 10_000, 100_000, 1_000_000, 4_000_000}) {
            byte[] sent = new byte[random.nextInt(bound) + 1];
            random.nextBytes(sent);
            boolean chunked = random.nextBoolean();
            HttpResponse<byte[]> answer =
                    client().send(
                                    request("/echo")
                                            .POST(
                                                    chunked
                                                            ? BodyPublishers.ofInputStream(
                                                                    () ->
                                                                            new ByteArrayInputStream(
                                                                                    sent))
                                                            : BodyPublishers.ofByteArray(sent))
                                            .build(),
                                    BodyHandlers.ofByteArray());
            assertEquals(200, answer.statusCode());
            assertArrayEquals(sent, answer.body(), () -> sent.length + " bytes, seed " + seed);
        }
    }

    @Test
    void shouldDecodeAndEncode() throws Exception {
        serveApp();
        HttpResponse<String> answer =
                client().send(
                                request("/json")
                                        .header("Content-Type", "application/json")
                                        .expectContinue(true)
                                        .POST(
                                                BodyPublishers.ofString(
                                                        "{\"number\":1,\"text\":\"a\"}"))
                                        .build(),
                                BodyHandlers.ofString());
        assertEquals("{\"number\":2,\"text\":\"a\"}", answer.body());
        assertEquals("23", answer.headers().firstValue("content-length").orElse(""));
    }

    @Test
    void shouldReadMultipart() throws Exception {
        serveApp();
        String boundary = "-----------cut";
        String field = "Content-Disposition: form-data; name=\"";
        // Above 256 KiB a part goes into a file on its way.
        String large = "x".repeat(600_000);
        String body =
                ("--" + boundary + "\r\n" + field + "a\"\r\n\r\nb\r\n")
                        + ("--" + boundary + "\r\n" + field + "f\"; filename=\"f.txt\"\r\n")
                        + ("Content-Type: text/plain\r\n\r\n" + large + "\r\n")
                        + ("--" + boundary + "--\r\n");
        HttpResponse<String> answer =
                client().send(
                                request("/parts")
                                        .header(
                                                "Content-Type",
                                                "multipart/form-data; boundary=" + boundary)
                                        .POST(BodyPublishers.ofString(body))
                                        .build(),
                                BodyHandlers.ofString());
        assertEquals("a=1,f(f.txt)=600000", answer.body());
    }

    @Test
    void shouldSendEventsAsTheyCome() throws IOException {
        serveApp();
        try (Socket socket = connect()) {
            write(socket, get("/events"));
            String head = readUntil(socket, "\r\n\r\n");
            assertTrue(head.contains("Content-Type: text/event-stream"), head);
            for (int i = 1; i <= 3; i++) {
                readUntil(socket, "id:" + i + "\n");
                readUntil(socket, "{\"number\":" + i + ",\"text\":\"a\"}");
            }
        }
    }

    @Test
    void shouldStreamLines() throws Exception {
        serveApp();
        assertEquals("{\"tick\":0}\n{\"tick\":1}\n{\"tick\":2}\n", text("/ticks"));
    }

    @Test
    void shouldStopTheSourceOfASlowClient() throws Exception {
        serveApp();
        try (Socket socket = connect()) {
            write(socket, get("/endless"));
            readUntil(socket, "\"number\":1,");
            long last = -1;
            while (last != app().produced.get()) {
                last = app().produced.get();
                Mono.delay(Duration.ofMillis(100)).block();
            }
            // The kernel's buffers on both sides and ours, at 4 KB an item.
            assertTrue(last < 16_000, () -> "produced: " + app().produced);
            socket.getInputStream().skipNBytes(last * 4000);
            assertTrue(app().produced.get() > last, "and goes on with it");
        }
        assertTrue(app().endlessCancelled.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void shouldSendFilesAndRanges(@TempDir Path directory) throws Exception {
        serveApp();
        byte[] content = new byte[random.nextInt(300_000) + 200_000];
        random.nextBytes(content);
        app().file = Files.write(directory.resolve("file.bin"), content);
        HttpResponse<byte[]> whole =
                client().send(request("/file").build(), BodyHandlers.ofByteArray());
        assertArrayEquals(content, whole.body(), "seed " + seed);
        assertEquals(
                String.valueOf(content.length),
                whole.headers().firstValue("content-length").orElse(""));
        HttpResponse<byte[]> range =
                client().send(
                                request("/file").header("Range", "bytes=1000-150999").build(),
                                BodyHandlers.ofByteArray());
        assertEquals(206, range.statusCode());
        assertArrayEquals(Arrays.copyOfRange(content, 1000, 151_000), range.body());
        HttpResponse<Void> head =
                client().send(request("/file").HEAD().build(), BodyHandlers.discarding());
        assertEquals(content.length, head.headers().firstValueAsLong("content-length").orElse(-1));
    }

    @Test
    void shouldAnswerAFailureBeforeTheCommit() throws Exception {
        serveApp();
        HttpResponse<String> answer =
                client().send(request("/fails").build(), BodyHandlers.ofString());
        assertEquals(500, answer.statusCode());
        assertEquals(1, log().take().size(), "Spring's entry and no other");
    }

    @Test
    void shouldBreakOffAfterTheCommit() {
        serveApp();
        assertThrows(IOException.class, () -> text("/breaks"));
        assertFalse(log().take().isEmpty());
    }

    @Test
    void shouldReuseAConnectionWhoseBodyWasNotRead() throws IOException {
        serveApp();
        try (Socket socket = connect()) {
            String body = "x".repeat(100_000);
            for (int i = 0; i < 3; i++) {
                write(
                        socket,
                        "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
                                + body);
                assertTrue(readUntil(socket, "\r\n\r\n").startsWith("HTTP/1.1 202 "));
            }
            write(socket, get("/hello/a").repeat(20));
            for (int i = 0; i < 20; i++) {
                readUntil(socket, "hello a!");
            }
        }
    }

    @Test
    void shouldCancelAHandlerWhoseClientLeaves() throws Exception {
        serveApp();
        try (Socket socket = connect()) {
            write(socket, get("/wait"));
            assertTrue(app().waiting.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        assertTrue(app().waitCancelled.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** Without a word in the log, and without a buffer lost: see {@link #check}. */
    @Test
    void shouldSurviveClientsThatLeaveAnywhere() throws IOException {
        serveApp();
        String json = "{\"number\":1,\"text\":\"a\"}";
        String post =
                "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                        + (json.length() + "\r\n\r\n" + json);
        String echo =
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5\r\nhello\r\n0\r\n\r\n";
        String all = get("/hello/a") + post + echo + get("/events") + get("/hello/b");
        for (int i = 0; i < 150; i++) {
            try (Socket socket = connect()) {
                if (random.nextBoolean()) {
                    socket.setSoLinger(true, 0);
                }
                write(socket, all.substring(0, random.nextInt(all.length() + 1)));
                if (random.nextInt(4) == 0) {
                    Thread.yield();
                }
            }
        }
        try (Socket socket = connect()) {
            write(socket, echo);
            assertTrue(readUntil(socket, "0\r\n\r\n").contains("hello"), "seed " + seed);
        }
    }
}
