// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.actuate;

import io.uringreactive.RingGroup;
import io.uringreactive.RingStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * The rings' status for meters, which ask for one number at a time: all rings are asked at once,
 * and the answer serves for a second. Safe from any thread.
 */
final class RingReadings {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RingGroup group;
    private List<RingStatus> readings = List.of();

    /** Those before. */
    private List<RingStatus> earlier = List.of();

    private long readAtNanos;

    RingReadings(RingGroup group) {
        this.group = group;
    }

    int rings() {
        return group.rings().size();
    }

    /** NaN when a ring does not answer, and where it must not be waited for before any has. */
    double read(int ring, ToDoubleFunction<RingStatus> number) {
        List<RingStatus> current = current();
        return ring < current.size() ? number.applyAsDouble(current.get(ring)) : Double.NaN;
    }

    /**
     * How much of {@code number} there was for one io_uring_enter between the last two readings, or
     * since the ring was opened where there is one reading; NaN where there was no enter.
     */
    synchronized double perEnter(int ring, ToDoubleFunction<RingStatus> number) {
        double total = read(ring, number);
        double enters = read(ring, RingReadings::enters);
        if (ring < earlier.size()) {
            total -= number.applyAsDouble(earlier.get(ring));
            enters -= enters(earlier.get(ring));
        }
        return total / enters;
    }

    private static double enters(RingStatus status) {
        return status.counters().enters();
    }

    private synchronized List<RingStatus> current() {
        boolean stale = readings.isEmpty() || System.nanoTime() - readAtNanos > FRESH_NANOS;
        if (stale && !group.isDisposed() && !Schedulers.isInNonBlockingThread()) {
            List<RingStatus> read =
                    Flux.fromIterable(group.rings())
                            .flatMapSequential(ring -> ring.status())
                            .collectList()
                            .onErrorComplete()
                            .block(PATIENCE);
            earlier = readings;
            readings = orEmpty(read);
            readAtNanos = System.nanoTime();
        }
        return readings;
    }

    private static List<RingStatus> orEmpty(@Nullable List<RingStatus> read) {
        return read == null ? List.of() : read;
    }
}
