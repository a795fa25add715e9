// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Heads that are written without a map of fields: they say what the others say. */
class HeadWriterTest {
    private static final String HEAD_11 = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String BRIEF_10 = "GET / HTTP/1.0\r\n\r\n";
    private static final String HEAD_10 =
            "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n";
    private static final String LAST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    /** {@code said} is a status and fields, with bars between them. */
    private static HttpHandler saying(String said) {
        List<String> parts = Arrays.asList(said.split("\\|", -1));
        return (request, response) -> {
            response.status(Integer.parseInt(parts.getFirst()));
            for (String field : parts.subList(1, parts.size())) {
                String[] pair = field.split(": ", 2);
                response.headers().add(pair[0], pair[1]);
            }
            return response.sendText("hello");
        };
    }

    private static String sorted(String answers) {
        return Peer.undated(answers)
                .lines()
                .map(line -> line.replaceFirst("^(?i)(date: \\w{3}, ).*", "$1"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200",
                "404",
                "299",
                "200|X-A: 1|x-a: 2",
                "200|Content-Type: application/json",
                "200|Content-Length: 99",
                "200|Transfer-Encoding: chunked|content-length: 1",
                "200|Date: today",
                "200|Server: one|Server: two",
                "200|Connection: close",
                "200|Connection: Foo",
                "200|Connection: Foo, Close|Connection: bar",
                "205",
                "205|Content-Length: 5",
                "204",
                "204|Content-Length: 5",
                "304|Content-Length: 99",
                "304"
            })
    void shouldSayWhatTheLongWaySays(String said) {
        for (String head : List.of(HEAD_11, HEAD_10, BRIEF_10, LAST)) {
            HttpOptions options = HttpOptions.port(0).serverHeader("me");
            Peer whole = new Peer(options, saying(said));
            Peer cut = new Peer(options, saying(said));
            whole.write(head);
            cut.write(head.substring(0, 7)).write(head.substring(7));
            assertEquals(sorted(cut.answers()), sorted(whole.answers()), head);
            assertEquals(cut.sawEnd(), whole.sawEnd(), head);
            whole.assertNothingLeaked();
            cut.assertNothingLeaked();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2047, 2048, 2049, 100_000})
    void shouldSendTheBytesBetweenTheIndices(int length) {
        String text = "x".repeat(length);
        Peer peer =
                new Peer(
                        HttpOptions.port(0),
                        (request, response) ->
                                response.status(new HttpResponseStatus(200, "Fine"))
                                        .header("X-A", AsciiString.of("\u00e4"))
                                        .send(Mono.fromSupplier(() -> between("head", text))));
        String answer = peer.write(LAST).answers();
        assertTrue(answer.startsWith("HTTP/1.1 200 Fine\r\nX-A: \u00e4\r\n"), answer);
        assertTrue(answer.contains("content-length: " + length + "\r\n"), answer);
        assertEquals(text, answer.substring(answer.indexOf("\r\n\r\n") + 4));
        peer.assertNothingLeaked();
    }

    private static ByteBuf between(String before, String text) {
        return Unpooled.copiedBuffer(before + text, ISO_8859_1).skipBytes(before.length());
    }

    @Test
    void shouldRefuseAServerThatEndsItsField() {
        HttpOptions options = HttpOptions.port(0);
        assertThrows(
                IllegalArgumentException.class,
                () -> options.serverHeader("me\r\nSet-Cookie: a=b"));
    }

    @Test
    void shouldShowTheDefaultTypeToWhoLooksBeforeTheCommit() {
        Peer peer =
                new Peer(
                        HttpOptions.port(0),
                        (request, response) ->
                                response.beforeCommit(
                                                () -> {
                                                    String type =
                                                            response.headers().get("content-type");
                                                    response.header("X-Type", type);
                                                    return Mono.empty();
                                                })
                                        .sendText("hello"));
        String answer = peer.write(LAST).answers();
        assertTrue(answer.contains("X-Type: text/plain; charset=utf-8\r\n"), answer);
    }

    @Test
    void shouldForgetWhatWasSaidWhenTheHandlerFails() {
        Peer peer =
                new Peer(
                        HttpOptions.port(0),
                        (request, response) -> {
                            response.header("X-A", "1").beforeCommit(() -> Mono.never());
                            return Mono.error(new IllegalStateException("on purpose"));
                        });
        String answer = peer.write(LAST).answers();
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertFalse(answer.contains("X-A"), answer);
    }
}
