// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.uringreactive.ConnectionOptions;
import io.uringreactive.loop.InFlight;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.loop.Timeout;
import io.uringreactive.op.Close;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ends, as one machine. Each step moves on when what it waits for has happened;
 * the descriptor is closed only after the last terminal CQE of the connection, since a close does
 * not cancel what is in flight. Confined to the loop.
 *
 * <pre>
 *   OPEN --close()--> FLUSHING --sent--> ENDING --FIN queued--> DRAINING --peer's end, or a limit--+
 *     |                  |                  |                      |                               |
 *     +----------------- abort, or the time limit -----------------+                               |
 *                                  v                                                               v
 *                               RELEASING --nothing in flight--> CLOSE_SENT --CQE--> CLOSED
 * </pre>
 */
final class Ending extends InFlight {
    private enum Step {
        OPEN,
        FLUSHING,
        ENDING,
        DRAINING,
        RELEASING,
        CLOSE_SENT,
        CLOSED
    }

    private final UringConnection connection;
    private Step step = Step.OPEN;
    private boolean reset;
    private @Nullable Timeout limit;

    Ending(UringConnection connection) {
        this.connection = connection;
    }

    boolean isOpen() {
        return step == Step.OPEN;
    }

    /** Whether the descriptor is closed. */
    boolean isClosed() {
        return step == Step.CLOSED;
    }

    /** Begins the graceful end, once. */
    void start(ConnectionOptions options) {
        if (step != Step.OPEN) {
            return;
        }
        step = Step.FLUSHING;
        connection.sender().refuse(connection.closedError("send"));
        advance(options);
        if (step != Step.RELEASING && step != Step.CLOSE_SENT) {
            limit =
                    connection
                            .loop()
                            .after(NANOSECONDS.convert(options.closeTimeout()), this::onTimeLimit);
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
    void advance(ConnectionOptions options) {
        if (step == Step.FLUSHING && connection.sender().isIdle()) {
            step = Step.ENDING;
            connection.outputEnd().start();
        }
        if (step == Step.ENDING && connection.outputEnd().isDone()) {
            step = Step.DRAINING;
            if (!connection.receiver().isEnded()) {
                connection.receiver().discardUntilEnd(options.closeDiscardBytesMax());
            }
        }
        if (step == Step.DRAINING && connection.receiver().isEnded()) {
            release(connection.closedError("close"));
        }
        if (step == Step.RELEASING
                && (!connection.hasInFlight() || connection.loop().isStopped())) {
            step = Step.CLOSE_SENT;
            close();
        }
    }

    private void release(Throwable reason) {
        step = Step.RELEASING;
        Timeout timer = limit;
        if (timer != null) {
            timer.cancel();
        }
        connection.outputEnd().cancel();
        connection.sender().stop(reason);
        connection.receiver().stop(reason);
        connection.onLetGo();
    }

    private void close() {
        RingLoop loop = connection.loop();
        connection.seal();
        if (reset) {
            int result = loop.kernel().sockets().resetOnClose(connection.fd());
            assert result == 0 : "SO_LINGER: " + result;
        }
        if (loop.isStopped()) {
            // The ring was given up: there is no operation any more, and no CQE to wait for.
            loop.kernel().sockets().close(connection.fd());
            onClosed();
        } else {
            Close.prepare(loop.operations().begin(this), connection.fd());
        }
    }

    private void onClosed() {
        step = Step.CLOSED;
        connection.onClosed();
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        // close(2) gives the descriptor back whatever it returns.
        onClosed();
    }

    @Override
    protected void onCancelled() {
        throw new IllegalStateException("a close is never cancelled");
    }

    /** The descriptor is not closed once more: it may be closed, and its number a stranger's. */
    @Override
    protected void onRingLost(Throwable reason) {
        onClosed();
    }
}
