// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static io.uringreactive.webflux.Peer.GET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ContextPathCompositeHandler;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Handlers that fail, and clients that leave. */
class EndsTest {
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n";

    private static IllegalStateException expected() {
        return new IllegalStateException("expected by the test");
    }

    @Test
    void shouldAnswer500ForAFailureBeforeTheCommit() {
        try (LogRecords log = new LogRecords()) {
            Peer peer =
                    new Peer(
                            (request, response) -> {
                                response.getHeaders().set("x-a", "1");
                                return Mono.error(expected());
                            });
            String answer = peer.write(GET).answers();
            assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
            assertFalse(answer.contains("x-a"), answer);
            assertEquals(1, log.lines().size(), () -> "one entry: " + log.lines());
            assertTrue(peer.write(GET).answers().startsWith("HTTP/1.1 500 "), "kept alive");
        }
    }

    @Test
    void shouldAnswer500ForAHandlerThatThrows() {
        try (LogRecords log = new LogRecords()) {
            Peer peer =
                    new Peer(
                            (request, response) -> {
                                throw expected();
                            });
            assertTrue(peer.write(GET).answers().startsWith("HTTP/1.1 500 "));
            assertEquals(1, log.lines().size());
        }
    }

    @Test
    void shouldAnswer500ForABodyThatFailsBeforeItsFirstBuffer() {
        try (LogRecords log = new LogRecords()) {
            Peer peer =
                    new Peer(
                            (request, response) -> {
                                response.getHeaders().setContentLength(9);
                                return response.writeWith(Flux.error(expected()));
                            });
            String answer = peer.write(GET).answers();
            assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
            assertTrue(answer.contains("content-length: 0"), answer);
            assertEquals(1, log.lines().size());
        }
    }

    @Test
    void shouldCloseWithoutAnEndForAFailureAfterTheCommit() {
        try (LogRecords log = new LogRecords()) {
            Peer peer =
                    new Peer(
                            (request, response) ->
                                    response.writeWith(
                                            Flux.concat(
                                                    ExchangeTest.mono(response, "ab"),
                                                    Mono.error(expected()))));
            String answer = peer.write(GET).answers();
            assertFalse(answer.endsWith("0\r\n\r\n"), answer);
            assertTrue(peer.connection().isDisposed());
            assertEquals(1, log.lines().size(), () -> "one entry: " + log.lines());
            peer.assertNothingLeaked();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/base"})
    void shouldLeaveItToSpringToLogAFailureAfterTheCommit(String basePath) {
        HttpHandler webflux =
                WebHttpHandlerBuilder.webHandler(
                                exchange ->
                                        exchange.getResponse()
                                                .writeWith(
                                                        Flux.concat(
                                                                ExchangeTest.mono(
                                                                        exchange.getResponse(),
                                                                        "ab"),
                                                                Mono.error(expected()))))
                        .build();
        try (LogRecords log = new LogRecords()) {
            Peer peer =
                    new Peer(
                            basePath.isEmpty()
                                    ? webflux
                                    : new ContextPathCompositeHandler(Map.of(basePath, webflux)));
            String answer = peer.write("GET /base/a HTTP/1.1\r\nHost: a\r\n\r\n").answers();
            assertFalse(answer.endsWith("0\r\n\r\n"), answer);
            assertTrue(peer.connection().isDisposed());
            assertEquals(1, log.lines().size(), () -> "one entry: " + log.lines());
            String line = log.lines().getFirst();
            assertTrue(line.contains("HttpWebHandlerAdapter"), line);
            assertTrue(line.contains("expected by the test"), line);
            peer.assertNothingLeaked();
        }
    }

    @Test
    void shouldCancelAHandlerWhoseClientLeaves() {
        try (LogRecords log = new LogRecords()) {
            List<String> signals = new ArrayList<>();
            Peer peer =
                    new Peer(
                            (request, response) ->
                                    Mono.<Void>never().doOnCancel(() -> signals.add("cancel")));
            peer.write(GET).connection().peer().reset();
            assertEquals(List.of("cancel"), signals);
            log.assertEmpty();
        }
    }

    @Test
    void shouldCancelAHandlerInTheMiddleOfItsRequest() {
        try (LogRecords log = new LogRecords()) {
            List<String> signals = new ArrayList<>();
            Peer peer =
                    new Peer(
                            (request, response) ->
                                    DataBufferUtils.join(request.getBody())
                                            .doOnNext(DataBufferUtils::release)
                                            .doOnError(error -> signals.add(error.toString()))
                                            .doOnCancel(() -> signals.add("cancel"))
                                            .then());
            peer.write(POST + "some").connection().peer().reset();
            assertEquals(List.of("cancel"), signals);
            peer.assertNothingLeaked();
            log.assertEmpty();
        }
    }

    @Test
    void shouldFailABodyThatIsReadAsideWithADisconnect() {
        List<Throwable> errors = new ArrayList<>();
        Peer peer =
                new Peer(
                        (request, response) -> {
                            request.getBody()
                                    .subscribe(DataBufferUtils.releaseConsumer(), errors::add);
                            return Mono.never();
                        });
        peer.write(POST + "some").connection().peer().reset();
        assertEquals(1, errors.size());
        assertTrue(DisconnectedClientHelper.isClientDisconnectedException(errors.getFirst()));
        peer.assertNothingLeaked();
    }

    @Test
    void shouldStopTheSourceOfAResponseWhoseClientLeaves() {
        try (LogRecords log = new LogRecords()) {
            AtomicInteger cancels = new AtomicInteger();
            Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();
            Peer peer =
                    new Peer(
                            (request, response) ->
                                    response.writeWith(
                                            source.asFlux()
                                                    .map(
                                                            text ->
                                                                    ExchangeTest.buffer(
                                                                            response, text))
                                                    .doOnCancel(cancels::incrementAndGet)));
            peer.write(GET);
            source.tryEmitNext("one");
            assertTrue(peer.answers().endsWith("3\r\none\r\n"));
            peer.connection().peer().reset();
            assertEquals(1, cancels.get());
            source.tryEmitNext("two");
            peer.assertNothingLeaked();
            log.assertEmpty();
        }
    }

    @Test
    void shouldSayNothingInTheLogOfWebFluxEither() {
        try (LogRecords log = new LogRecords()) {
            HttpHandler webflux =
                    RouterFunctions.toHttpHandler(
                            RouterFunctions.route()
                                    .POST(
                                            "/",
                                            request ->
                                                    ServerResponse.ok()
                                                            .body(
                                                                    request.bodyToFlux(
                                                                            DataBuffer.class),
                                                                    DataBuffer.class))
                                    .build());
            Peer waiting = new Peer(webflux);
            waiting.write(POST).connection().peer().reset();
            Peer echoing = new Peer(webflux);
            assertTrue(echoing.write(POST + "some").answers().contains("some"));
            echoing.connection().peer().reset();
            waiting.assertNothingLeaked();
            echoing.assertNothingLeaked();
            log.assertEmpty();
        }
    }

    /** Spring releases the buffer of a write that failed: the connection may still have it. */
    @Test
    void shouldReleaseABufferOnceWhenItsWriteFails() {
        List<Throwable> errors = new ArrayList<>();
        List<DataBuffer> kept = new ArrayList<>();
        Peer peer =
                new Peer(
                        (request, response) -> {
                            DataBuffer buffer = ExchangeTest.buffer(response, "a".repeat(4096));
                            kept.add(DataBufferUtils.retain(buffer));
                            Mono<Void> write = response.writeWith(Mono.just(buffer));
                            // Not cancelled together with the handler.
                            return Mono.create(
                                    sink -> write.subscribe(null, errors::add, sink::success));
                        });
        peer.connection().peer().pauseReading();
        for (int i = 0; i < 64; i++) {
            peer.write(GET);
        }
        assertTrue(kept.size() < 64, "the last one waits for the connection to take it");
        assertEquals(List.of(), errors);
        peer.connection().peer().reset();
        assertEquals(1, errors.size());
        assertTrue(DisconnectedClientHelper.isClientDisconnectedException(errors.getFirst()));
        for (DataBuffer buffer : kept) {
            assertTrue(DataBufferUtils.release(buffer), "the test's own reference is the last");
        }
        peer.assertNothingLeaked();
    }
}
