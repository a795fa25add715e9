// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.Rings;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class MsgRingTest {
    private RingGroup group;
    private RingScheduler from;
    private RingScheduler to;

    @BeforeEach
    void open() {
        group = Rings.group(2);
        from = group.rings().get(0);
        to = group.rings().get(1);
    }

    @AfterEach
    void close() {
        Rings.stop(group);
    }

    @Test
    void shouldDeliverValuesInOrderOnTheOtherRingsThread() {
        StepVerifier.create(
                        MsgRing.received(to)
                                .map(value -> value + " " + Thread.currentThread().getName())
                                .take(100)
                                .mergeWith(
                                        Flux.range(0, 100)
                                                .concatMap(i -> MsgRing.post(from, to, i))
                                                .cast(String.class)))
                .expectNextSequence(IntStream.range(0, 100).mapToObj(i -> i + " " + to).toList())
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void shouldDeliverWhatHasWaitedOnTheOtherRingsThread() {
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        BaseSubscriber<Integer> subscriber =
                new BaseSubscriber<>() {
                    @Override
                    protected void hookOnSubscribe(Subscription subscription) {
                        // The test requests.
                    }

                    @Override
                    protected void hookOnNext(Integer value) {
                        threads.add(Thread.currentThread().getName());
                    }
                };
        MsgRing.received(to).subscribe(subscriber);
        MsgRing.post(from, to, 1).block(LIMIT);
        Rings.settle(to);
        subscriber.request(1);
        Rings.await("the message", () -> !threads.isEmpty());
        assertEquals(to.toString(), threads.peek());
    }

    @Test
    void shouldRejectAMessageToOrFromARingThatHasStopped() {
        to.disposeGracefully().block(LIMIT);
        StepVerifier.create(MsgRing.post(from, to, 1))
                .expectError(RejectedExecutionException.class)
                .verify(LIMIT);
        from.disposeGracefully().block(LIMIT);
        StepVerifier.create(MsgRing.post(from, to, 1))
                .expectError(RejectedExecutionException.class)
                .verify(LIMIT);
    }
}
