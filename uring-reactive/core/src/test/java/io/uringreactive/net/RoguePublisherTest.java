// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
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
