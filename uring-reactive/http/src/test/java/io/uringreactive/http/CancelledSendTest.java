// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Sends that are cancelled before they have written anything. */
class CancelledSendTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    /** Cancels before anything can begin. */
    private static void cancelAtOnce(Mono<Void> send) {
        send.subscribe(
                new BaseSubscriber<>() {
                    @Override
                    protected void hookOnSubscribe(Subscription subscription) {
                        cancel();
                    }
                });
    }

    @Test
    void shouldSendAfterASendThatWasCancelledBeforeItBegan() {
        List<String> asked = new ArrayList<>();
        Peer peer =
                new Peer(
                        HttpOptions.port(0),
                        (request, response) -> {
                            Mono<ByteBuf> body =
                                    Mono.fromSupplier(() -> ResponseHead.utf8("never"));
                            cancelAtOnce(response.send(body.doOnSubscribe(s -> asked.add("body"))));
                            return response.sendText("hello");
                        });
        assertTrue(peer.write(GET).answers().endsWith("\r\n\r\nhello"));
        assertEquals(List.of(), asked);
    }

    @Test
    void shouldKeepTheClaimOfASendBesideAnotherThatIsCancelled() {
        Sinks.One<ByteBuf> body = Sinks.one();
        List<String> failed = new ArrayList<>();
        Peer peer =
                new Peer(
                        HttpOptions.port(0),
                        (request, response) -> {
                            Mono<Void> first = response.send(body.asMono());
                            return Mono.create(
                                    sink -> {
                                        first.subscribe(null, sink::error, sink::success);
                                        cancelAtOnce(response.sendText("second"));
                                        response.sendText("third")
                                                .subscribe(
                                                        null,
                                                        error ->
                                                                failed.add(
                                                                        error.getClass()
                                                                                .getSimpleName()));
                                    });
                        });
        peer.write(GET);
        assertEquals(List.of("IllegalStateException"), failed);
        body.tryEmitValue(ResponseHead.utf8("first"));
        assertTrue(peer.answers().endsWith("\r\n\r\nfirst"));
    }

    @Test
    void shouldNotTakeAnInnerPublisherAheadOfItsTurn() {
        List<String> taken = new ArrayList<>();
        Peer peer =
                new Peer(
                        HttpOptions.port(0),
                        (request, response) ->
                                response.sendAndFlush(
                                        Flux.just("first", "second")
                                                .<Mono<ByteBuf>>map(
                                                        name -> {
                                                            taken.add(name);
                                                            return Mono.never();
                                                        })));
        peer.write(GET);
        assertEquals(List.of("first"), taken);
        peer.connection().peer().reset();
        assertEquals(List.of("first"), taken);
    }
}
