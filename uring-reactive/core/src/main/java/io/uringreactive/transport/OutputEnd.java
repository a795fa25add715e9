// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

/**
 * The end of this side's stream: a shutdown(SHUT_WR) behind everything that was sent. Confined to
 * the loop.
 */
final class OutputEnd {
    private final LoopConnection connection;
    private boolean wanted;
    private boolean done;

    OutputEnd(LoopConnection connection) {
        this.connection = connection;
    }

    /** Sends the FIN as soon as the sender is idle; a second call does nothing. */
    void start() {
        wanted = true;
        advance();
    }

    void advance() {
        if (!wanted || done || !connection.sending().isIdle()) {
            return;
        }
        done = true;
        // Where the peer has ended and the close follows at once, the close sends the FIN itself.
        if (!connection.receiving().isEnded() || connection.ending().isOpen()) {
            connection.shutdownSocket();
        }
        connection.onOutputEnded();
    }

    boolean isDone() {
        return done;
    }

    void cancel() {
        wanted = false;
    }
}
