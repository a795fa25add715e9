// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.RingGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;

/** Subscribers that throw when they are told of an end: others are told all the same. */
class RogueSubscriberTest extends KernelTest {
    private static final String MESSAGE = "thrown by a test";

    /** Throws when it is told of the end. */
    private static final class ThrowsAtTheEnd implements CoreSubscriber<Void> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Void nothing) {
            // A Publisher<Void> emits nothing.
        }

        @Override
        public void onError(Throwable error) {
            throw new IllegalStateException(MESSAGE, error);
        }

        @Override
        public void onComplete() {
            throw new IllegalStateException(MESSAGE);
        }
    }

    /** Its close waits longer than any test does. */
    static Pair patientPair(RingGroup group) {
        ConnectionOptions patient =
                ConnectionOptions.defaults().closeTimeout(Duration.ofMinutes(5));
        return Pair.open(group, options -> options.connection(patient), 0);
    }

    @Test
    void shouldCloseInOrderWhenWhoWaitsForTheOutputsEndThrows() {
        try (Pair pair = patientPair(group())) {
            Sinks.One<ByteBuf> data = Sinks.one();
            pair.connection().send(data.asMono()).onErrorComplete().subscribe();
            pair.connection().shutdownOutput().subscribe(new ThrowsAtTheEnd());
            pair.connection().close().subscribe();
            data.tryEmitEmpty();
            pair.peer().expectEnd();
            pair.peer().shutdownOutput();
            Await.done(pair.connection().onClose());
            log().clear();
        }
    }

    @Test
    void shouldEndTheHandlerWhenWhoWaitsForTheCloseThrows() {
        AtomicReference<@Nullable SignalType> ended = new AtomicReference<>();
        try (Pair pair = Pair.open(group())) {
            pair.connection().onClose().subscribe(new ThrowsAtTheEnd());
            pair.connection().handle(c -> Mono.<Void>never().doFinally(ended::set)).subscribe();
            pair.connection().dispose();
            Await.until("the handler's end", () -> ended.get() != null);
            assertEquals(SignalType.CANCEL, ended.get());
            // It is reported after that, on the ring's thread.
            Await.until("the report", () -> !log().uncaught().isEmpty());
            log().clear();
        }
    }
}
