// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.time.Duration;
import reactor.core.scheduler.Scheduler;

/**
 * How fast a client must be while it is waited for: in each {@code limit} of such time it has to
 * move so many bytes a second, and something in any case. A byte now and then does not do; time in
 * which this side is the slow one does not count. Confined to the scheduler's thread.
 */
final class Pace {
    private final Duration limit;
    private final long bytesMin;
    private final Watch watch;

    /** What moved since the limit began anew. */
    private long bytes;

    private Pace(Scheduler scheduler, Duration limit, HttpOptions options, Runnable onTooSlow) {
        this.limit = limit;
        this.bytesMin = Math.max(1, options.bytesPerSecondMin() * limit.toMillis() / 1000);
        this.watch = new Watch(scheduler, onTooSlow);
    }

    /** Of sending a request's body. */
    static Pace ofBody(Scheduler scheduler, HttpOptions options, Runnable onTooSlow) {
        return new Pace(scheduler, options.bodyTimeout(), options, onTooSlow);
    }

    /** Of taking a response. */
    static Pace ofOutput(Scheduler scheduler, HttpOptions options, Runnable onTooSlow) {
        return new Pace(scheduler, options.writeTimeout(), options, onTooSlow);
    }

    /** The client is waited for from now on, as it may have been before. */
    void await() {
        watch.goOn(limit);
    }

    /** The client moved {@code count} bytes. */
    void moved(long count) {
        bytes += count;
        if (bytes >= bytesMin) {
            bytes = 0;
            watch.restart();
        }
    }

    /** The client is not waited for; what it took so far still counts. */
    void pause() {
        watch.stop();
    }

    /** There is nothing to wait for, and the next time begins anew. */
    void reset() {
        bytes = 0;
        watch.stop();
        watch.restart();
    }

    /** No more of it. */
    void end() {
        watch.end();
    }
}
