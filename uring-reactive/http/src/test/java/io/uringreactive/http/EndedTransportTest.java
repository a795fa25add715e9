// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.ListenOptions;
import io.uringreactive.Net;
import io.uringreactive.Transport;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Exceptions;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** Handlers on threads of their own that go on while the transport stops, and after. */
class EndedTransportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CompletableFuture<HttpRequest> request = new CompletableFuture<>();
    private final CompletableFuture<HttpResponse> response = new CompletableFuture<>();
    private @Nullable Transport opened;

    private Transport transport() {
        return Objects.requireNonNull(opened);
    }

    /** Serves one client, which has sent half of a body. */
    private Socket serve(String provider, HttpHandler handler) throws Exception {
        opened = Net.provider(provider).open(1);
        HttpOptions options =
                HttpOptions.port(0)
                        .listen(ListenOptions.port(0).host("127.0.0.1"))
                        .transport(transport());
        HttpServer server =
                UringHttp.listen(
                                options,
                                (asked, answer) -> {
                                    request.complete(asked);
                                    response.complete(answer);
                                    return handler.handle(asked, answer);
                                })
                        .block(PATIENCE);
        Socket client = new Socket("127.0.0.1", Objects.requireNonNull(server).address().getPort());
        client.getOutputStream()
                .write(
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello"
                                .getBytes(US_ASCII));
        request.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return client;
    }

    private void end() {
        transport().disposeGracefully().block(PATIENCE);
    }

    @AfterEach
    void dispose() {
        transport().dispose();
    }

    private static Throwable failure(Mono<?> late) {
        return Exceptions.unwrap(assertThrows(Exception.class, () -> late.block(PATIENCE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "epoll", "nio"})
    void shouldReleaseWhatIsUnderWay(String provider) throws Exception {
        TestPublisher<ByteBuf> body = TestPublisher.create();
        ByteBuf piece = Unpooled.directBuffer(5).writeZero(5);
        CountDownLatch busy = new CountDownLatch(1);
        try (Socket _ = serve(provider, (asked, answer) -> answer.send(body.flux()))) {
            Mono.delay(Duration.ZERO).repeat(() -> !body.wasRequested()).blockLast(PATIENCE);
            CountDownLatch isBusy = new CountDownLatch(1);
            request.get()
                    .connection()
                    .scheduler()
                    .schedule(
                            () -> {
                                isBusy.countDown();
                                awaitUninterruptibly(busy);
                            });
            assertTrue(isBusy.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            body.next(piece);
            transport().dispose();
            busy.countDown();
            end();
            assertEquals(0, piece.refCnt());
            body.assertCancelled();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "epoll", "nio"})
    void shouldTellWhoComesTooLate(String provider) throws Exception {
        try (Socket _ = serve(provider, (asked, answer) -> Mono.never())) {
            end();
            Flux<ByteBuf> body = request.get().body();
            assertInstanceOf(AbortedException.class, failure(body.then()));
            assertInstanceOf(AbortedException.class, failure(response.get().sendText("late")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "epoll", "nio"})
    void shouldTakeNoOffenceAtLateDemandAndCancels(String provider) throws Exception {
        CompletableFuture<Subscription> receiving = new CompletableFuture<>();
        CompletableFuture<Subscription> sending = new CompletableFuture<>();
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        HttpHandler handler =
                (asked, answer) -> {
                    asked.body().subscribe(keeping(receiving, errors));
                    answer.send(Flux.never()).subscribe(keeping(sending, errors));
                    return Mono.never();
                };
        try (Socket _ = serve(provider, handler)) {
            end();
            receiving.get().request(1);
            receiving.get().cancel();
            sending.get().cancel();
        }
        assertEquals(2, errors.size());
        errors.forEach(error -> assertInstanceOf(AbortedException.class, error));
    }

    /** Asks for nothing by itself, and takes the end as it comes. */
    private static <T> BaseSubscriber<T> keeping(
            CompletableFuture<Subscription> subscription, List<Throwable> errors) {
        return new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription upstream) {
                subscription.complete(upstream);
            }

            @Override
            protected void hookOnError(Throwable error) {
                errors.add(error);
            }
        };
    }
}
