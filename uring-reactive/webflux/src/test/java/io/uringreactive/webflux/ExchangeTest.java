// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static io.uringreactive.webflux.Peer.GET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.http.HttpRequest;
import io.uringreactive.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.HttpHeadResponseDecorator;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One request and its response, as Spring's handlers see and make them. */
class ExchangeTest {
    static DataBuffer buffer(ServerHttpResponse response, String text) {
        DataBuffer buffer = response.bufferFactory().allocateBuffer(text.length());
        return buffer.write(text, UTF_8);
    }

    static Mono<DataBuffer> mono(ServerHttpResponse response, String text) {
        return Mono.fromSupplier(() -> buffer(response, text));
    }

    @Test
    void shouldSendAMonoWithItsLength() {
        Peer peer = new Peer((request, response) -> response.writeWith(mono(response, "hello")));
        String answer = peer.write(GET).answers();
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertTrue(answer.contains("content-length: 5\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\nhello"), answer);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldSendAFluxInChunks() {
        Peer peer =
                new Peer(
                        (request, response) ->
                                response.writeWith(
                                        Flux.just("ab", "c").map(text -> buffer(response, text))));
        String answer = peer.write(GET).answers();
        assertTrue(answer.contains("transfer-encoding: chunked\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"), answer);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldSendAFluxOfAKnownLengthAsItIs() {
        Peer peer =
                new Peer(
                        (request, response) -> {
                            response.getHeaders().setContentLength(3);
                            return response.writeWith(
                                    Flux.just("ab", "c").map(text -> buffer(response, text)));
                        });
        String answer = peer.write(GET).answers();
        assertTrue(answer.endsWith("\r\n\r\nabc") && !answer.contains("chunked"), answer);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldTakeBuffersThatAreNotNettys() {
        Peer peer =
                new Peer(
                        (request, response) ->
                                response.writeWith(
                                        Mono.just(
                                                DefaultDataBufferFactory.sharedInstance.wrap(
                                                        "hello".getBytes(UTF_8)))));
        String answer = peer.write(GET).answers();
        assertTrue(answer.endsWith("\r\n\r\nhello"), answer);
    }

    @Test
    void shouldAnswerForAHandlerThatSendsNothing() {
        String answer = new Peer((request, response) -> Mono.empty()).write(GET).answers();
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertTrue(answer.contains("content-length: 0\r\n"), answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void shouldSendNoContentWhereThereMustBeNone(int status) {
        Peer peer =
                new Peer(
                        (request, response) -> {
                            response.setStatusCode(HttpStatusCode.valueOf(status));
                            return response.writeWith(mono(response, "hello"));
                        });
        String answer = peer.write(GET).answers();
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
        assertTrue(peer.write(GET).answers().startsWith("HTTP/1.1 " + status), "the next one");
        peer.assertNothingLeaked();
    }

    @Test
    void shouldTellAHeadsLengthWithoutItsContent() {
        Peer peer =
                new Peer(
                        (request, response) -> {
                            assertInstanceOf(HttpHeadResponseDecorator.class, response);
                            return response.writeWith(mono(response, "hello"))
                                    .then(Mono.defer(response::setComplete));
                        });
        String answer = peer.write("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").answers();
        assertTrue(answer.contains("Content-Length: 5\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldShareItsFieldsWithTheServer() {
        Peer peer =
                new Peer(
                        (request, response) -> {
                            assertEquals(List.of("1", "2"), request.getHeaders().get("x-a"));
                            assertEquals("1", request.getHeaders().getFirst("X-A"));
                            assertThrows(
                                    UnsupportedOperationException.class,
                                    () -> request.getHeaders().add("x-b", "3"));
                            response.getHeaders().add("X-C", "4");
                            response.getHeaders().add("x-c", "5");
                            response.setStatusCode(HttpStatus.IM_USED);
                            HttpResponse sent =
                                    ServerHttpResponseDecorator.getNativeResponse(response);
                            assertEquals(List.of("4", "5"), sent.headers().getAll("x-c"));
                            return response.setComplete();
                        });
        String answer =
                peer.write("GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nx-a: 2\r\n\r\n").answers();
        assertTrue(answer.startsWith("HTTP/1.1 226 "), answer);
        assertTrue(answer.contains("X-C: 4\r\nx-c: 5\r\n"), answer);
    }

    @Test
    void shouldCloseTheHeadAtTheCommit() {
        List<String> order = new ArrayList<>();
        Peer peer =
                new Peer(
                        (request, response) -> {
                            response.beforeCommit(
                                    () ->
                                            Mono.fromRunnable(
                                                    () -> {
                                                        order.add("action");
                                                        assertTrue(response.isCommitted());
                                                        response.getHeaders().set("x-late", "1");
                                                        response.setStatusCode(HttpStatus.CREATED);
                                                    }));
                            return response.writeWith(mono(response, "a"))
                                    .then(
                                            Mono.fromRunnable(
                                                    () -> {
                                                        order.add("written");
                                                        assertCommitted(response);
                                                    }));
                        });
        String answer = peer.write(GET).answers();
        assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
        assertTrue(answer.contains("x-late: 1\r\n") && answer.endsWith("\r\n\r\na"), answer);
        assertEquals(List.of("action", "written"), order);
    }

    private static void assertCommitted(ServerHttpResponse response) {
        assertTrue(response.isCommitted());
        assertTrue(!response.setStatusCode(HttpStatus.OK));
        assertEquals(HttpStatus.CREATED, response.getStatusCode());
        assertThrows(
                UnsupportedOperationException.class, () -> response.getHeaders().set("a", "b"));
        assertThrows(UnsupportedOperationException.class, () -> response.getCookies().remove("a"));
        assertThrows(
                IllegalStateException.class,
                () -> response.addCookie(ResponseCookie.from("a", "b").build()));
        assertEquals("1", response.getHeaders().getFirst("X-Late"));
        assertSame(response.getHeaders(), response.getHeaders());
    }

    @Test
    void shouldAnswerAfterAFailedCommitAction() {
        Peer peer =
                new Peer(
                        (request, response) -> {
                            response.beforeCommit(
                                    () -> Mono.error(new IllegalStateException("no")));
                            response.getHeaders().setContentLength(1);
                            return response.writeWith(mono(response, "a"))
                                    .onErrorResume(
                                            error -> {
                                                assertNull(
                                                        response.getHeaders()
                                                                .getFirst(
                                                                        HttpHeaders
                                                                                .CONTENT_LENGTH));
                                                assertTrue(
                                                        response.setStatusCode(
                                                                HttpStatus.BAD_GATEWAY));
                                                return response.writeWith(mono(response, "sorry"));
                                            });
                        });
        String answer = peer.write(GET).answers();
        assertTrue(answer.startsWith("HTTP/1.1 502 "), answer);
        assertTrue(answer.endsWith("\r\n\r\nsorry"), answer);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldAnswerAfterAStatusThatCannotBeSent() {
        Peer peer =
                new Peer(
                        (request, response) -> {
                            response.setStatusCode(HttpStatus.CONTINUE);
                            return response.writeWith(mono(response, "a"))
                                    .onErrorResume(
                                            error -> {
                                                response.setStatusCode(HttpStatus.BAD_GATEWAY);
                                                return response.setComplete();
                                            });
                        });
        String answer = peer.write(GET).answers();
        assertTrue(answer.startsWith("HTTP/1.1 502 "), answer);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldWriteOnce() {
        Peer peer =
                new Peer(
                        (request, response) -> {
                            Flux<DataBuffer> body = mono(response, "a").flux();
                            return response.writeWith(mono(response, "first"))
                                    .then(Mono.defer(response::setComplete))
                                    .then(
                                            Mono.defer(
                                                    () ->
                                                            response.writeAndFlushWith(
                                                                    body.window(1))));
                        });
        String answer = peer.write(GET).answers();
        assertTrue(answer.endsWith("\r\n\r\nfirst"), answer);
    }

    @Test
    void shouldKnowItsAddressesAndNatives() {
        List<String> ids = new ArrayList<>();
        Peer peer =
                new Peer(
                        (request, response) -> {
                            HttpRequest received = nativeRequest(request);
                            assertEquals(received.remoteAddress(), request.getRemoteAddress());
                            assertEquals(received.localAddress(), request.getLocalAddress());
                            assertNull(request.getSslInfo());
                            assertEquals(request.getId(), request.getId());
                            ids.add(request.getId());
                            return Mono.empty();
                        });
        String answers = peer.write(GET).write(GET).answers();
        assertTrue(!answers.contains("500"), answers);
        assertEquals(2, ids.size());
        String connection = ids.get(0).substring(0, ids.get(0).indexOf('-'));
        assertTrue(ids.get(1).startsWith(connection + "-"), "the same connection: " + ids);
        assertTrue(!ids.get(0).equals(ids.get(1)), "another request: " + ids);
    }

    private static HttpRequest nativeRequest(ServerHttpRequest request) {
        assertInstanceOf(AbstractServerHttpRequest.class, request);
        return ServerHttpRequestDecorator.getNativeRequest(request);
    }
}
