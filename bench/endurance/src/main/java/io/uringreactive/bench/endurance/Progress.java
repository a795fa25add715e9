// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What clients have got so far, and the first thing that went wrong. Safe from any thread. */
final class Progress {
    private final LongAdder replies = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    void reply() {
        replies.increment();
    }

    void connection() {
        connections.increment();
    }

    long replies() {
        return replies.sum();
    }

    long connections() {
        return connections.sum();
    }

    /** Only the first one counts: the others follow from it. */
    void fail(Throwable error) {
        failure.compareAndSet(null, error);
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    @Nullable Throwable failure() {
        return failure.get();
    }
}
