// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.ConnectionOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * How a {@link TestConnection} ends, as the ring's connections do. Confined to its turns.
 *
 * <pre>
 *   OPEN --close()--> FLUSHING --sent, FIN--> DRAINING --peer's end--> CLOSED
 *     |                  |                       +---- time ----------^
 *     +------------------+--- abort, no progress, too much input -----^
 * </pre>
 */
final class TestEnding {
    private enum Step {
        OPEN,
        FLUSHING,
        DRAINING,
        CLOSED
    }

    private final TestConnection connection;
    private final ConnectionOptions options;
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final Sinks.Empty<Void> outputEnded = Sinks.empty();
    private Step step = Step.OPEN;

    /** When the time limit began. */
    private long sentBefore;

    private boolean outputEndWanted;
    private boolean outputDone;
    private @Nullable Disposable limit;

    TestEnding(TestConnection connection, ConnectionOptions options) {
        this.connection = connection;
        this.options = options;
    }

    Mono<Void> closed() {
        return closed.asMono();
    }

    Mono<Void> outputEnded() {
        return outputEnded.asMono();
    }

    boolean isOver() {
        return step == Step.CLOSED;
    }

    /** Ends this side's stream behind everything that was sent. */
    void endOutput() {
        if (step == Step.OPEN) {
            connection.sender().refuse(connection.closedError("send"));
            outputEndWanted = true;
            advance();
        } else if (!outputDone) {
            outputEnded.tryEmitError(connection.closedError("shutdown"));
        }
    }

    /** Begins the graceful end, once. */
    void start() {
        if (step == Step.OPEN) {
            step = Step.FLUSHING;
            outputEndWanted = true;
            connection.sender().refuse(connection.closedError("send"));
            limitTime();
            advance();
        }
    }

    private void limitTime() {
        sentBefore = connection.sentBytes();
        limit =
                connection
                        .scheduler()
                        .schedule(
                                () -> connection.turns().run(this::onTimeLimit),
                                options.closeTimeout().toNanos(),
                                TimeUnit.NANOSECONDS);
    }

    private void onTimeLimit() {
        TestSender sender = connection.sender();
        if (step == Step.DRAINING) {
            release(connection.closedError("close"));
        } else if (sender.sentBytes() > sentBefore && !sender.hasOpenPublisher()) {
            limitTime();
        } else {
            connection.abort(connection.closedError("close"));
        }
    }

    private void cancelLimit() {
        Disposable timer = limit;
        if (timer != null) {
            timer.dispose();
        }
    }

    /** Something has happened that a step may be waiting for. */
    void advance() {
        if (outputEndWanted && !outputDone && step != Step.CLOSED && connection.sender().isIdle()) {
            outputDone = true;
            connection.peer().onEnd();
            outputEnded.tryEmitEmpty();
        }
        if (step == Step.FLUSHING && outputDone) {
            step = Step.DRAINING;
            cancelLimit();
            limitTime();
            connection.receiver().discardUntilEnd(options.closeDiscardBytesMax());
            connection.peer().onClosing();
        }
        if (step == Step.DRAINING && connection.receiver().isEnded()) {
            release(connection.closedError("close"));
        }
    }

    /** Ends at once and resets the peer. */
    void abort(Throwable reason) {
        if (step != Step.CLOSED) {
            connection.peer().onReset();
            release(reason);
        }
    }

    private void release(Throwable reason) {
        step = Step.CLOSED;
        cancelLimit();
        connection.sender().stop(reason);
        connection.receiver().stop(reason);
        if (!outputDone) {
            outputEnded.tryEmitError(connection.closedError("shutdown"));
        }
        closed.tryEmitEmpty();
    }

    @Override
    public String toString() {
        return step.toString();
    }
}
