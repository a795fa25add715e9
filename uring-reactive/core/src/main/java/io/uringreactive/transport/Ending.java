// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import org.jspecify.annotations.Nullable;

/**
 * How a connection ends, as one machine. Each step moves on when what it waits for has happened;
 * the socket is closed only after the end of all that is in flight on it. Confined to the loop.
 *
 * <pre>
 *   OPEN --close()--> FLUSHING --sent--> ENDING --FIN queued--> DRAINING --peer's end, or a limit--+
 *     |                  |                  |                      |                               |
 *     +----------------- abort, or the time limit -----------------+                               |
 *                                  v                                                               v
 *                               RELEASING --nothing in flight--> CLOSE_SENT --closed--> CLOSED
 * </pre>
 */
final class Ending {
    private enum Step {
        OPEN,
        FLUSHING,
        ENDING,
        DRAINING,
        RELEASING,
        CLOSE_SENT,
        CLOSED
    }

    private final LoopConnection connection;
    private Step step = Step.OPEN;
    private boolean reset;
    private Loop.@Nullable Timer limit;

    Ending(LoopConnection connection) {
        this.connection = connection;
    }

    boolean isOpen() {
        return step == Step.OPEN;
    }

    /** Whether the socket is closed. */
    boolean isClosed() {
        return step == Step.CLOSED;
    }

    /** Begins the graceful end, once. */
    void start() {
        if (step != Step.OPEN) {
            return;
        }
        step = Step.FLUSHING;
        connection.sending().refuse(connection.closedError("send"));
        advance();
        if (step.compareTo(Step.RELEASING) < 0) {
            long nanos = NANOSECONDS.convert(connection.options().closeTimeout());
            limit = connection.loop().after(nanos, this::onTimeLimit);
        }
    }

    /** The peer took too long: what it has not taken by now is lost, and it is told so. */
    private void onTimeLimit() {
        abort(connection.closedError("close"));
    }

    /** Ends at once and resets the peer. */
    void abort(Throwable reason) {
        if (step.compareTo(Step.RELEASING) < 0) {
            reset = true;
            release(reason);
        }
    }

    /** Something that a step may wait for has happened. */
    void advance() {
        if (step == Step.FLUSHING && connection.sending().isIdle()) {
            step = Step.ENDING;
            connection.outputEnd().start();
        }
        if (step == Step.ENDING && connection.outputEnd().isDone()) {
            step = Step.DRAINING;
            if (!connection.receiving().isEnded()) {
                connection.receiving().discardUntilEnd(connection.options().closeDiscardBytesMax());
            }
        }
        if (step == Step.DRAINING && connection.receiving().isEnded()) {
            release(connection.closedError("close"));
        }
        if (step == Step.RELEASING && !connection.hasInFlight()) {
            step = Step.CLOSE_SENT;
            connection.closeSocket(reset);
        }
    }

    private void release(Throwable reason) {
        step = Step.RELEASING;
        Loop.Timer timer = limit;
        if (timer != null) {
            timer.cancel();
        }
        connection.outputEnd().cancel();
        connection.sending().stop(reason);
        connection.receiving().stop(reason);
        connection.onLetGo();
    }

    void onClosed() {
        step = Step.CLOSED;
    }
}
