// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.Rings;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Publishers that throw where they must not: a send of them fails, and the connection goes on. */
class RoguePublisherTest extends KernelTest {
    private static final String MESSAGE = "thrown by a test";

    @Test
    void shouldFailTheSendWhenItsPublisherThrowsFromSubscribe() {
        Publisher<ByteBuf> rogue =
                subscriber -> {
                    throw new IllegalStateException(MESSAGE);
                };
        expectFailure(rogue);
    }

    @Test
    void shouldFailTheSendWhenItsPublisherThrowsFromTheFirstRequest() {
        expectFailure(subscriber -> subscriber.onSubscribe(new ThrowsFromRequest()));
    }

    @Test
    void shouldFailTheSendWhenItsPublisherThrowsFromTheFirstRequestElsewhere() {
        expectFailure(
                subscriber ->
                        Thread.ofPlatform()
                                .start(() -> subscriber.onSubscribe(new ThrowsFromRequest())));
    }

    private void expectFailure(Publisher<ByteBuf> rogue) {
        try (Pair pair = Pair.open(group())) {
            StepVerifier.create(pair.connection().send(rogue))
                    .expectErrorMessage(MESSAGE)
                    .verify(Await.LIMIT);
            pair.peer().shutdownOutput();
            Await.done(pair.connection().close());
        }
    }

    private static Disposable thrower() {
        return () -> {
            throw new IllegalStateException(MESSAGE);
        };
    }

    @Test
    void shouldFailTheSendWhenItsPublisherThrowsFromCancel() {
        Flux<ByteBuf> rogue = Flux.create(sink -> sink.onCancel(thrower()));
        try (Pair pair = Pair.open(group())) {
            StepVerifier.create(pair.connection().send(rogue))
                    .then(pair.connection()::dispose)
                    .expectError(ConnectionClosed.class)
                    .verify(Await.LIMIT);
            assertEquals(1, log().uncaught().size());
            log().clear();
        }
    }

    @Test
    void shouldCloseInOrderAfterASendWhosePublisherThrewFromCancel() {
        Flux<ByteBuf> rogue = Flux.create(sink -> sink.onCancel(thrower()));
        try (Pair pair = RogueSubscriberTest.patientPair(group())) {
            Disposable sending = pair.connection().send(rogue).subscribe();
            Rings.settle((RingScheduler) pair.connection().scheduler());
            sending.dispose();
            pair.peer().shutdownOutput();
            Await.done(pair.connection().close());
            assertEquals(1, log().uncaught().size());
            log().clear();
        }
    }

    @Test
    void shouldAbortTheConnectionWhenTheHandlerThrowsFromCancel() {
        try (Pair pair = Pair.open(group())) {
            Disposable handling =
                    pair.connection()
                            .handle(c -> Mono.create(sink -> sink.onCancel(thrower())))
                            .subscribe();
            Rings.settle((RingScheduler) pair.connection().scheduler());
            handling.dispose();
            pair.peer().expectReset();
            Await.until(
                    "a warning",
                    () -> log().warnings().stream().anyMatch(w -> w.contains("from cancel")));
        }
    }

    @Test
    void shouldEndEveryHandlerWhenOneThrowsFromCancel() {
        AtomicBoolean cancelled = new AtomicBoolean();
        try (Pair pair = Pair.open(group())) {
            pair.connection()
                    .handle(c -> Mono.create(sink -> sink.onCancel(thrower())))
                    .subscribe();
            pair.connection()
                    .handle(c -> Mono.<Void>never().doOnCancel(() -> cancelled.set(true)))
                    .subscribe();
            pair.connection().dispose();
            Await.until("cancelled", cancelled::get);
            Await.until(
                    "a warning",
                    () -> log().warnings().stream().anyMatch(w -> w.contains("from cancel")));
        }
    }

    private static final class ThrowsFromRequest implements Subscription {
        @Override
        public void request(long n) {
            throw new IllegalStateException(MESSAGE);
        }

        @Override
        public void cancel() {
            // There is nothing to stop.
        }
    }
}
