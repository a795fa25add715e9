// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.ConnectionReset;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.Rings;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Sends that meet a released buffer, a closed connection, or a peer that is gone. */
class SendFailureTest extends KernelTest {
    @Test
    void shouldFailWithABufferThatWasReleasedBefore() {
        try (Pair pair = Pair.open(group())) {
            ByteBuf released = Unpooled.directBuffer().writeInt(1);
            released.release();
            StepVerifier.create(pair.connection().send(Mono.just(released)))
                    .expectError(IllegalReferenceCountException.class)
                    .verify(Await.LIMIT);
            Await.done(pair.connection().sendText("fine"));
            assertEquals("fine", pair.peer().readText(4));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void shouldAbortWhenABufferInTheQueueIsReleased(int buffers) {
        try (Pair pair = Pair.open(group())) {
            ByteBuf released = Unpooled.directBuffer().writeInt(0);
            Mono<Void> send =
                    pair.connection()
                            .send(
                                    Flux.range(1, buffers)
                                            .map(i -> Unpooled.directBuffer().writeInt(i))
                                            .startWith(released))
                            .onErrorComplete();
            // Both in one turn of the ring: queued, and released behind its back.
            Runnable both =
                    () -> {
                        send.subscribe();
                        released.release();
                    };
            Await.done(Mono.<Void>fromRunnable(both).subscribeOn(pair.connection().scheduler()));
            pair.peer().expectReset();
            Await.done(pair.connection().onClose());
        }
    }

    @Test
    void shouldAbortWhenABufferThatIsPartlySentIsReleased() {
        int bytes = 1 << 20;
        ByteBuf buffer = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(bytes));
        try (Pair pair = SendEndTest.slowPair(group())) {
            pair.connection().send(Mono.just(buffer)).onErrorComplete().subscribe();
            assertEquals(1, pair.peer().read(1).length);
            // The rest is in flight by the end of this turn, and waits for the peer to read.
            Rings.settle((RingScheduler) pair.connection().scheduler());
            buffer.release();
            pair.peer().expectReset();
            Await.done(pair.connection().onClose());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailOnAClosedConnection(boolean inOrder) {
        Tracked tracked = new Tracked();
        try (Pair pair = Pair.open(group())) {
            if (inOrder) {
                pair.peer().shutdownOutput();
                Await.done(pair.connection().close());
            } else {
                pair.connection().dispose();
            }
            StepVerifier.create(pair.connection().send(Mono.fromSupplier(() -> tracked.next(10))))
                    .expectError(ConnectionClosed.class)
                    .verify(Await.LIMIT);
            tracked.expectAllReleased();
        }
    }

    @Test
    void shouldFailAndCancelThePublisherWhenThePeerResets() {
        Tracked tracked = new Tracked();
        AtomicBoolean cancelled = new AtomicBoolean();
        try (Pair pair = SendEndTest.slowPair(group())) {
            Mono<Void> send =
                    pair.connection()
                            .send(
                                    Flux.range(0, Integer.MAX_VALUE)
                                            .map(i -> tracked.next(10_000))
                                            .doOnCancel(() -> cancelled.set(true)));
            StepVerifier.create(send)
                    .then(() -> pair.peer().checkSequence(0, 100_000))
                    .then(() -> pair.peer().reset())
                    .expectError(ConnectionReset.class)
                    .verify(Await.LIMIT);
            assertTrue(cancelled.get());
            tracked.expectAllReleased();
            Await.done(pair.connection().onClose());
        }
    }
}
