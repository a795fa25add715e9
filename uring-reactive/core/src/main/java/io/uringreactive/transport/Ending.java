// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import org.jspecify.annotations.Nullable;

/**
 * How a connection ends, as one machine. Each step moves on when what it waits for has happened;
 * the socket is closed only after the end of all that is in flight on it. Confined to the loop.
 *
 * <pre>
 *   OPEN --close()--> FLUSHING --sent--> ENDING --FIN queued--> DRAINING --peer's end, or time--+
 *     |                  |                  |                      |                            |
 *     |                  +-- no progress ---+                      +-- too much input --+       |
 *     +-- abort ---------+-- with a reset --+-------------------------------------------+       |
 *                                           v                                                   v
 *                                        RELEASING --nothing in flight--> CLOSE_SENT --closed--> CLOSED
 * </pre>
 *
 * <p>The time limit begins anew with what the peer takes, once no publisher has more to send: what
 * is left then is bounded. A peer that has got everything and its FIN is not reset for being slow:
 * what the kernel has for it would be lost, and closing leaves the rest to the kernel.
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

    /** When the time limit began. */
    private long sentBefore;

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
            limitTime();
        }
    }

    private void limitTime() {
        sentBefore = connection.sending().sentBytes();
        long nanos = NANOSECONDS.convert(connection.options().closeTimeout());
        limit = connection.loop().after(nanos, this::onTimeLimit);
    }

    private void onTimeLimit() {
        Sending sending = connection.sending();
        if (step == Step.DRAINING) {
            release(connection.closedError("close"));
        } else if (sending.sentBytes() > sentBefore && !sending.hasOpenPublisher()) {
            limitTime();
        } else {
            abort(connection.closedError("close"));
        }
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
            Loop.Timer flushing = limit;
            if (flushing != null) {
                flushing.cancel();
                limitTime();
            }
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
