// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import static io.uringreactive.examples.RunningExample.AWAIT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class FilesTest extends OnEachServer {
    private static final byte[] CONTENT = new byte[3_000_001];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private ResponseSpec put(String name, byte[] content) {
        return client().put()
                .uri("/files/{name}", name)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .bodyValue(content)
                .exchange();
    }

    private ResponseSpec range(String range) {
        return client().get().uri("/files/a.bin").header("Range", range).exchange();
    }

    @Test
    void shouldStoreABodyAsItIs() throws Exception {
        put("a.bin", CONTENT)
                .expectStatus()
                .isCreated()
                .expectBody(StoredFile.class)
                .isEqualTo(new StoredFile("a.bin", CONTENT.length, sha256(CONTENT)));
        put("empty", new byte[0]).expectStatus().isCreated();
        assertArrayEquals(CONTENT, Files.readAllBytes(example().folder().resolve("a.bin")));
        client().get().uri("/files").exchange().expectBody().json("[\"a.bin\", \"empty\"]");
    }

    @Test
    void shouldStoreTheFilesOfAForm() throws Exception {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("comment", "skipped");
        form.part("file", new ByteArrayResource(CONTENT)).filename("one.bin");
        form.part("file", new ByteArrayResource(new byte[] {1, 2, 3})).filename("two.bin");
        client().post()
                .uri("/files")
                .bodyValue(form.build())
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBodyList(StoredFile.class)
                .isEqualTo(
                        List.of(
                                new StoredFile("one.bin", CONTENT.length, sha256(CONTENT)),
                                new StoredFile("two.bin", 3, sha256(new byte[] {1, 2, 3}))));
        assertEquals(2, example().files().size());
    }

    @Test
    void shouldAnswerWithTheWholeFileOrARange() {
        put("a.bin", CONTENT).expectStatus().isCreated();
        byte[] whole =
                client().mutate()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(CONTENT.length))
                        .build()
                        .get()
                        .uri("/files/a.bin")
                        .exchange()
                        .expectHeader()
                        .valueEquals("Accept-Ranges", "bytes")
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        assertArrayEquals(CONTENT, whole);
        byte[] part =
                range("bytes=1000000-1000999")
                        .expectStatus()
                        .isEqualTo(HttpStatus.PARTIAL_CONTENT)
                        .expectHeader()
                        .valueEquals("Content-Range", "bytes 1000000-1000999/3000001")
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        assertArrayEquals(Arrays.copyOfRange(CONTENT, 1_000_000, 1_001_000), part);
        range("bytes=-1")
                .expectStatus()
                .isEqualTo(HttpStatus.PARTIAL_CONTENT)
                .expectHeader()
                .contentLength(1);
        range("bytes=3000001-")
                .expectStatus()
                .isEqualTo(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
    }

    @Test
    void shouldRefuseNamesThatAreNone() throws IOException {
        for (String name : List.of(".hidden", "a/../../b", "x".repeat(101), "a\0b")) {
            put(name, CONTENT).expectStatus().is4xxClientError();
        }
        assertEquals(List.of(), example().files());
        client().get().uri("/files/absent").exchange().expectStatus().isNotFound();
    }

    private static final String PUT =
            "PUT /files/half.bin HTTP/1.1\r\nHost: a\r\nContent-Length: 3000001\r\n";
    private static final String POST =
            "POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 3000001\r\n"
                    + "Content-Type: multipart/form-data; boundary=cut\r\n";
    private static final String PART =
            "--cut\r\nContent-Disposition: form-data; name=file; filename=half.bin\r\n\r\n";

    private static Socket send(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), example().port());
        socket.setSoTimeout((int) AWAIT.toMillis());
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {PUT + "\r\n", POST + "\r\n" + PART})
    void shouldLeaveNothingOfAnUploadThatIsCutInHalf(String head) throws IOException {
        try (Socket socket = send(head)) {
            socket.getOutputStream().write(CONTENT, 0, CONTENT.length / 2);
            await().atMost(AWAIT).until(() -> written() > 1_000_000);
        }
        await().atMost(AWAIT).until(() -> example().files().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {PUT + "\r\n", POST + "\r\n" + PART})
    void shouldLeaveNothingOfAnUploadThatIsReset(String head) throws IOException {
        try (Socket socket = send(head)) {
            socket.getOutputStream().write(CONTENT, 0, CONTENT.length / 2);
            await().atMost(AWAIT).until(() -> written() > 1_000_000);
            socket.setSoLinger(true, 0);
        }
        await().atMost(AWAIT).until(() -> example().files().isEmpty());
    }

    /** The interim answer tells that the application waits for the body. */
    @ParameterizedTest
    @ValueSource(strings = {PUT, POST})
    void shouldLeaveNothingOfAnUploadThatIsResetAfterItsHead(String head) throws IOException {
        for (int round = 0; round < 20; round++) {
            try (Socket socket = send(head + "Expect: 100-continue\r\n\r\n")) {
                byte[] status = socket.getInputStream().readNBytes(12);
                assertEquals("HTTP/1.1 100", new String(status, US_ASCII));
                socket.setSoLinger(true, 0);
            }
        }
        put("whole", CONTENT).expectStatus().isCreated();
        Path whole = example().folder().resolve("whole");
        await().atMost(AWAIT).until(() -> example().files().equals(List.of(whole)));
    }

    private long written() throws IOException {
        long bytes = 0;
        for (Path file : example().files()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    @Test
    void shouldServeCurl(@TempDir Path folder) throws Exception {
        Program.require("curl", "curl");
        Path file = Files.write(folder.resolve("c.bin"), CONTENT);
        String form = Program.run("curl", "-sSfF", "file=@" + file, example().uri("/files"));
        assertTrue(form.contains(sha256(CONTENT)), form);
        String raw = Program.run("curl", "-sSfT", file.toString(), example().uri("/files/d.bin"));
        assertTrue(raw.contains(sha256(CONTENT)), raw);
        Path back = folder.resolve("back.bin");
        Program.run("curl", "-sSfo", back.toString(), example().uri("/files/d.bin"));
        assertArrayEquals(CONTENT, Files.readAllBytes(back));
        Program.run("curl", "-sSfr", "5-9", "-o", back.toString(), example().uri("/files/c.bin"));
        assertArrayEquals(Arrays.copyOfRange(CONTENT, 5, 10), Files.readAllBytes(back));
    }
}
