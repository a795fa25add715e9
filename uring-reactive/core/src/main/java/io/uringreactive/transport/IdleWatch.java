// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.uringreactive.ConnectionOptions;
import io.uringreactive.TransportErrors;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Aborts a connection whose peer sends nothing while it is waited for, or takes nothing while there
 * is something for it. What happens only leaves a time stamp; a timer looks at it when the limit
 * could have passed at the earliest. Confined to the loop.
 */
final class IdleWatch {
    private final LoopConnection connection;
    private final Limit reading;
    private final Limit writing;

    private IdleWatch(LoopConnection connection, ConnectionOptions options) {
        this.connection = connection;
        this.reading =
                new Limit(
                        "receive",
                        "the peer has sent nothing",
                        options.readIdleTimeout(),
                        () -> connection.receiving().isAwaited());
        this.writing =
                new Limit(
                        "send",
                        "the peer has taken nothing of what is ready for it",
                        options.writeIdleTimeout(),
                        () -> connection.sending().hasQueued());
    }

    /** Null where there is no such limit. */
    static @Nullable IdleWatch of(LoopConnection connection, ConnectionOptions options) {
        return options.readIdleTimeout().isZero() && options.writeIdleTimeout().isZero()
                ? null
                : new IdleWatch(connection, options);
    }

    /** Bytes came, or are wanted from now on. */
    void onRead() {
        reading.happened();
    }

    /** The peer's side took bytes, or there are some for it from now on. */
    void onWrite() {
        writing.happened();
    }

    void stop() {
        reading.stop();
        writing.stop();
    }

    private final class Limit {
        private final String operation;
        private final String what;
        private final long nanos;
        private final BooleanSupplier isWaiting;
        private final Runnable look = this::look;
        private long lastNanos;
        private Loop.@Nullable Timer timer;

        Limit(String operation, String what, Duration limit, BooleanSupplier isWaiting) {
            this.operation = operation;
            this.what = what + " for " + limit;
            this.nanos = NANOSECONDS.convert(limit);
            this.isWaiting = isWaiting;
        }

        void happened() {
            if (nanos > 0 && !connection.isDisposed()) {
                lastNanos = connection.loop().nanoTime();
                if (timer == null) {
                    timer = connection.loop().after(nanos, look);
                }
            }
        }

        private void look() {
            timer = null;
            if (connection.isDisposed() || !isWaiting.getAsBoolean()) {
                return; // the next thing that happens begins anew
            }
            long left = nanos - (connection.loop().nanoTime() - lastNanos);
            if (left > 0) {
                timer = connection.loop().after(left, look);
            } else {
                connection.abort(
                        TransportErrors.timedOut(operation, what, connection.knownRemote()));
            }
        }

        void stop() {
            Loop.Timer set = timer;
            if (set != null) {
                timer = null;
                set.cancel();
            }
        }
    }
}
