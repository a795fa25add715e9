// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import static io.uringreactive.testing.Rings.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.ConnectionClosed;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.Rings;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class CancelTest {
    private RingGroup group;
    private RingScheduler ring;

    @BeforeEach
    void open() {
        group = Rings.group(1);
        ring = group.next();
    }

    @AfterEach
    void close() {
        Rings.stop(group);
    }

    @Test
    void shouldEndEverythingOnTheDescriptorAndNothingElse() {
        try (Loopback listener = Loopback.listen();
                Loopback.Pair pair = listener.pair(ring);
                Loopback.Pair other = listener.pair(ring)) {
            AtomicInteger closed = new AtomicInteger();
            for (int i = 0; i < 3; i++) {
                Receive.into(ring, pair.fd(), Arena.ofAuto().allocate(8))
                        .doOnError(ConnectionClosed.class, e -> closed.incrementAndGet())
                        .onErrorComplete()
                        .subscribe();
            }
            Receive.into(ring, other.fd(), Arena.ofAuto().allocate(8))
                    .doOnError(e -> closed.addAndGet(100))
                    .onErrorComplete()
                    .subscribe();
            Rings.settle(ring);
            StepVerifier.create(Cancel.all(ring, pair.fd()))
                    .expectNext(3)
                    .expectComplete()
                    .verify(LIMIT);
            Rings.await("three ended", () -> closed.get() == 3);
            assertEquals(1, Rings.status(ring).inFlight());
            StepVerifier.create(Cancel.all(ring, other.fd()))
                    .expectNext(1)
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    @Test
    void shouldEmitZeroWhereNothingIsInFlight() {
        try (Loopback listener = Loopback.listen()) {
            StepVerifier.create(Cancel.all(ring, listener.fd()))
                    .expectNext(0)
                    .expectComplete()
                    .verify(LIMIT);
        }
    }
}
