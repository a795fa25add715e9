// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.http.HttpOptions;
import io.uringreactive.http.RequestRejected;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** Bodies of requests: demand, what is refused, what is left. */
class BodyTest {
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";

    /** Takes a body's buffers as the test demands them. */
    private static final class Taking extends BaseSubscriber<DataBuffer> {
        private final AtomicReference<Subscription> demand = new AtomicReference<>();
        private final List<String> seen = new ArrayList<>();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            demand.set(subscription);
        }

        @Override
        protected void hookOnNext(DataBuffer piece) {
            seen.add(piece.toString(UTF_8));
            DataBufferUtils.release(piece);
        }

        @Override
        protected void hookOnComplete() {
            seen.add("end");
        }
    }

    private static HttpHandler taking(Taking taking) {
        return (request, response) -> Mono.create(sink -> request.getBody().subscribe(taking));
    }

    @Test
    void shouldEchoABody() {
        Peer peer = new Peer((request, response) -> response.writeWith(request.getBody()));
        String answer = peer.write(POST + "Content-Length: 4\r\n\r\nab").write("cd").answers();
        assertTrue(answer.endsWith("2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n"), answer);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldReadTheSocketOnlyForDemand() {
        Taking taking = new Taking();
        Peer peer = new Peer(taking(taking));
        peer.write(POST + "Content-Length: 3\r\n\r\n").write("a").write("b").write("c");
        assertEquals(3, peer.connection().undelivered(), "nobody has asked");
        taking.demand.get().request(1);
        assertEquals(List.of("a"), taking.seen);
        assertEquals(2, peer.connection().undelivered());
        taking.demand.get().request(3);
        assertEquals(List.of("a", "b", "c", "end"), taking.seen);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldContinueAtTheFirstDemand() {
        Taking taking = new Taking();
        Peer peer = new Peer(taking(taking));
        peer.write(POST + "Content-Length: 1\r\nExpect: 100-continue\r\n\r\n");
        assertEquals("", peer.answers());
        taking.demand.get().request(1);
        assertEquals("HTTP/1.1 100 Continue\r\n\r\n", peer.answers());
    }

    @Test
    void shouldHaveNoBodyWithoutOne() {
        Taking taking = new Taking();
        new Peer(taking(taking)).write(Peer.GET);
        assertEquals(List.of("end"), taking.seen);
    }

    @Test
    void shouldDropAnUnreadBodyAndGoOn() {
        Peer peer =
                new Peer(
                        (request, response) ->
                                response.writeWith(ExchangeTest.mono(response, "hello")));
        String answers =
                peer.write(POST + "Content-Length: 5\r\n\r\nab")
                        .write("cde")
                        .write(Peer.GET)
                        .answers();
        assertEquals(2, answers.split("hello", -1).length - 1, answers);
        peer.assertNothingLeaked();
    }

    @Test
    void shouldReleaseWhatACancelledBodyHolds() {
        Taking taking = new Taking();
        Peer peer = new Peer(taking(taking));
        peer.write(POST + "Content-Length: 4\r\n\r\nab").write("c");
        taking.demand.get().request(1);
        taking.demand.get().cancel();
        peer.write("d");
        peer.connection().peer().reset();
        peer.assertNothingLeaked();
    }

    private static final String TOO_LARGE =
            POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    private static final HttpOptions SMALL = HttpOptions.port(0).bodyBytesMax(5);

    @Test
    void shouldAnswerARefusedBodyWithItsStatus() {
        try (LogRecords log = new LogRecords()) {
            List<Throwable> errors = new ArrayList<>();
            Peer peer =
                    new Peer(
                            SMALL,
                            (request, response) ->
                                    DataBufferUtils.join(request.getBody())
                                            .doOnError(errors::add)
                                            .then());
            String answer = peer.write(TOO_LARGE).write("1\r\na\r\n").answers();
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            assertTrue(errors.getFirst() instanceof ResponseStatusException, errors::toString);
            assertTrue(errors.getFirst().getCause() instanceof RequestRejected);
            assertTrue(peer.sawEnd());
            peer.assertNothingLeaked();
            log.assertEmpty();
        }
    }

    @Test
    void shouldAnswerARefusedBodyWithItsStatusInWebFlux() {
        try (LogRecords log = new LogRecords()) {
            HttpHandler webflux =
                    RouterFunctions.toHttpHandler(
                            RouterFunctions.route()
                                    .POST(
                                            "/",
                                            request ->
                                                    request.bodyToMono(String.class)
                                                            .flatMap(
                                                                    text ->
                                                                            ServerResponse.ok()
                                                                                    .bodyValue(
                                                                                            text)))
                                    .build());
            Peer peer = new Peer(SMALL, webflux);
            String answer = peer.write(TOO_LARGE).write("1\r\na\r\n").answers();
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            peer.assertNothingLeaked();
            log.assertEmpty();
        }
    }
}
