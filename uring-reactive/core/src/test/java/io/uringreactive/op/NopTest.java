// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.testing.Rings.LIMIT;

import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.Rings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class NopTest {
    private RingGroup group;

    @BeforeEach
    void open() {
        group = Rings.group(2);
    }

    @AfterEach
    void close() {
        Rings.stop(group);
    }

    @Test
    void shouldCompleteOnTheRingItWasAskedOf() {
        for (RingScheduler ring : group.rings()) {
            StepVerifier.create(
                            Nop.on(ring)
                                    .then(
                                            Mono.fromCallable(
                                                    () -> Thread.currentThread().getName())))
                    .expectNext(ring.toString())
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    @Test
    void shouldCompleteManyMoreAtOnceThanTheQueuesHold() {
        RingScheduler ring = group.next();
        int count = 5_000; // 64 SQEs, 256 CQEs
        StepVerifier.create(
                        Flux.range(0, count)
                                .flatMap(i -> Nop.on(ring).thenReturn(i), Integer.MAX_VALUE)
                                .subscribeOn(ring)
                                .distinct()
                                .count())
                .expectNext((long) count)
                .expectComplete()
                .verify(LIMIT);
        Rings.awaitIdle(ring);
    }
}
