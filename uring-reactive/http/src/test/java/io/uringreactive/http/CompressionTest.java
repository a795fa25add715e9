// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Which responses are compressed, and how they read. */
class CompressionTest {
    private static final String TEXT = "all work and no play ".repeat(200);
    private static final HttpCompression RULES =
            new HttpCompression(
                    100, List.of("text/html", "text/plain", "application/*+json"), List.of("Old"));

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, UTF_8);
    }

    private static String get(String fields) {
        return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
    }

    private static final String GZIP = get("Accept-Encoding: gzip\r\n");

    private static Peer peer(HttpHandler handler) {
        return new Peer(HttpOptions.port(0).compression(RULES), handler);
    }

    private static Peer text(Consumer<HttpResponse> change) {
        return peer(
                (request, response) -> {
                    response.header("Content-Type", "text/plain");
                    change.accept(response);
                    return response.send(Mono.fromSupplier(() -> bytes(TEXT)));
                });
    }

    private static String head(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n"));
    }

    private static byte[] body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
    }

    private static byte[] unchunked(byte[] chunks) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        String all = new String(chunks, ISO_8859_1);
        int at = 0;
        int size = -1;
        while (size != 0 && at < all.length()) {
            int line = all.indexOf("\r\n", at);
            size = Integer.parseInt(all.substring(at, line), 16);
            content.write(chunks, line + 2, size);
            at = line + 2 + size + 2;
        }
        return content.toByteArray();
    }

    private static String unzipped(byte[] gzip) throws IOException {
        return new String(
                new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes(), UTF_8);
    }

    @Test
    void shouldCompressAWholeResponse() throws IOException {
        Peer peer = text(response -> {});
        String answer = peer.write(GZIP).answers();
        byte[] body = body(answer);
        assertTrue(head(answer).contains("content-encoding: gzip"), answer);
        assertTrue(head(answer).contains("vary: accept-encoding"), answer);
        assertTrue(head(answer).contains("content-length: " + body.length), answer);
        assertTrue(body.length < TEXT.length() / 10, () -> "only " + body.length);
        assertEquals(TEXT, unzipped(body));
        assertEquals(head(answer), head(peer.write(GZIP).answers()), "kept alive");
        peer.assertNothingLeaked();
    }

    @Test
    void shouldCompressAStream() throws IOException {
        Peer peer =
                peer(
                        (request, response) ->
                                response.header("Content-Type", "text/plain")
                                        .header("Content-Length", TEXT.length())
                                        .send(
                                                Flux.just(TEXT.substring(0, 99), TEXT.substring(99))
                                                        .map(CompressionTest::bytes)));
        String answer = peer.write(GZIP).answers();
        assertTrue(head(answer).contains("transfer-encoding: chunked"), answer);
        assertFalse(head(answer).contains("content-length"), answer);
        assertEquals(TEXT, unzipped(unchunked(body(answer))));
        peer.assertNothingLeaked();
    }

    @Test
    void shouldLetTheClientReadAStreamAsItGoes() throws IOException {
        Sinks.Many<ByteBuf> pieces = Sinks.many().unicast().onBackpressureBuffer();
        Peer peer =
                peer(
                        (request, response) ->
                                response.header("Content-Type", "text/plain")
                                        .send(pieces.asFlux()));
        peer.write(GZIP);
        pieces.tryEmitNext(bytes("now")).orThrow();
        byte[] first = unchunked(body(peer.answers()));
        byte[] read = new byte[3];
        assertEquals(3, new GZIPInputStream(new ByteArrayInputStream(first)).read(read));
        assertEquals("now", new String(read, UTF_8));
        peer.connection().peer().reset();
        peer.assertNothingLeaked();
    }

    @Test
    void shouldCompressWhatDoesNotShrink() throws IOException {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        String letters = new String(noise, ISO_8859_1);
        Peer peer =
                peer(
                        (request, response) ->
                                response.header("Content-Type", "text/plain")
                                        .send(Mono.fromSupplier(() -> bytes(letters))));
        StringBuilder answer = new StringBuilder(peer.write(GZIP).answers());
        String more = peer.answers();
        while (!more.isEmpty()) {
            answer.append(more);
            more = peer.answers();
        }
        assertEquals(letters, unzipped(body(answer.toString())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip;q=0",
                "identity",
                "br, deflate",
                "identity, gzip;q=0.5",
                "*;q=0",
                "gzip;q=2",
                "gzip\r\nUser-Agent: old"
            })
    void shouldNotCompressForWhoDoesNotWantIt(String accepts) {
        String answer =
                text(response -> {}).write(get("Accept-Encoding: " + accepts + "\r\n")).answers();
        assertFalse(head(answer).contains("content-encoding"), answer);
        assertTrue(head(answer).contains("vary: accept-encoding"), answer);
        assertTrue(answer.endsWith(TEXT), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GZIP", "x-gzip", "*", "br, gzip;q=0.001", "gzip;q=1.000, identity"})
    void shouldCompressForWhoWantsIt(String accepts) {
        String answer =
                text(response -> {}).write(get("Accept-Encoding: " + accepts + "\r\n")).answers();
        assertTrue(head(answer).contains("content-encoding: gzip"), answer);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type, image/png",
        "Content-Type, nonsense",
        "Content-Encoding, br",
        "Content-Range, bytes 0-9/10",
        "Cache-Control, 'private, no-transform'"
    })
    void shouldLeaveAlone(String field, String value) {
        String answer = text(response -> response.header(field, value)).write(GZIP).answers();
        assertFalse(head(answer).contains("content-encoding: gzip"), answer);
        assertTrue(answer.endsWith(TEXT), answer);
        assertFalse(head(answer).contains("vary"), answer);
    }

    /** A page of a file that was cut short meanwhile must not be met by this process. */
    @ParameterizedTest
    @CsvSource({"gzip, false", "identity, true"})
    void shouldNotMapAFileThatItCompresses(String accepts, boolean asItIs) {
        List<Boolean> said = new ArrayList<>();
        text(response -> said.add(((ServerResponse) response).sendsMemoryAsItIs()))
                .write(get("Accept-Encoding: " + accepts + "\r\n"))
                .answers();
        assertEquals(List.of(asItIs), said);
    }

    @Test
    void shouldLeaveAloneWhatIsSmallOrOld() {
        Peer small = peer((request, response) -> response.sendText("short"));
        assertFalse(head(small.write(GZIP).answers()).contains("encoding"));
        String old = "GET / HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n";
        assertTrue(text(response -> {}).write(old).answers().endsWith(TEXT));
    }

    @Test
    void shouldKnowTypesByTheirEnd() {
        String answer =
                text(response -> response.header("Content-Type", "application/ld+json; a=b"))
                        .write(GZIP)
                        .answers();
        assertTrue(head(answer).contains("content-encoding: gzip"), answer);
    }

    @Test
    void shouldWeakenItsTag() {
        Peer peer = text(response -> response.header("ETag", "\"1\""));
        assertTrue(
                head(peer.write(GZIP).answers()).contains("ETag: W/\"1\"")
                        || head(peer.write(GZIP).answers()).contains("etag: W/\"1\""));
        assertTrue(peer.write(get("")).answers().contains(": \"1\""));
    }

    @Test
    void shouldNotSayTheLengthOfWhatGetWouldCompress() {
        String answer =
                text(response -> {})
                        .write("HEAD / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
                        .answers();
        assertFalse(answer.contains("content-length"), answer);
        assertFalse(answer.contains("content-encoding"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void shouldCompressNothingUnlessAsked() {
        Peer peer = new Peer(HttpOptions.port(0), (request, response) -> response.sendText(TEXT));
        String answer = peer.write(GZIP).answers();
        assertTrue(answer.endsWith(TEXT), answer);
        assertFalse(head(answer).contains("vary"), answer);
    }
}
