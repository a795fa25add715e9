// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import reactor.core.publisher.Operators;

/**
 * Keeps what a subscriber requests from within onSubscribe until that has returned: a ring that
 * were asked at once could signal while onSubscribe still runs on another thread, against rule 1.3.
 * Safe from any thread.
 */
public final class EarlyDemand {
    private static final long OPEN = Long.MIN_VALUE;

    /** What a bad request leaves here, whatever its size was. */
    private static final long BAD = -1;

    private final AtomicLong waiting = new AtomicLong();

    /** Passes {@code n} on to {@code demand}, now or once it is opened. */
    public void request(long n, LongConsumer demand) {
        if (waiting.get() == OPEN || waiting.getAndUpdate(before -> add(before, n)) == OPEN) {
            demand.accept(n);
        }
    }

    private static long add(long before, long n) {
        if (before == OPEN) {
            return OPEN;
        }
        return before == BAD || n <= 0 ? BAD : Operators.addCap(before, n);
    }

    /** onSubscribe has returned: passes on what came meanwhile. */
    public void open(LongConsumer demand) {
        long n = waiting.getAndSet(OPEN);
        if (n != 0) {
            demand.accept(n);
        }
    }
}
