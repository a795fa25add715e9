// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/**
 * How fast a client must be while it is waited for: in each {@code limit} of such time it has to
 * move so many bytes a second, and something in any case. A byte now and then does not do; time in
 * which this side is the slow one does not count. Confined to the scheduler's thread.
 */
final class Pace {
    private final Duration limit;
    private final long bytesMin;
    private final LongSupplier total;
    private final Watch watch;

    /** What had moved in all when the limit began anew. */
    private long begin;

    /** {@code total} is how many bytes the client has moved in all. */
    Pace(
            Scheduler scheduler,
            Duration limit,
            HttpOptions options,
            LongSupplier total,
            Runnable onTooSlow) {
        this.limit = limit;
        this.bytesMin = Math.max(1, options.bytesPerSecondMin() * limit.toMillis() / 1000);
        this.total = total;
        this.watch = new Watch(scheduler, this::isFastEnough, onTooSlow);
    }

    /** Begins the limit anew if it is. */
    private boolean isFastEnough() {
        long now = total.getAsLong();
        boolean enough = now - begin >= bytesMin;
        if (enough) {
            begin = now;
        }
        return enough;
    }

    /** The client is waited for from now on, as it may have been before. */
    void await() {
        watch.goOn(limit);
    }

    /** The client is not waited for; what it moved so far still counts. */
    void pause() {
        watch.stop();
    }

    /** There is nothing to wait for, and the next time begins anew. */
    void reset() {
        begin = total.getAsLong();
        watch.stop();
        watch.restart();
    }

    /** No more of it. */
    void end() {
        watch.end();
    }
}
