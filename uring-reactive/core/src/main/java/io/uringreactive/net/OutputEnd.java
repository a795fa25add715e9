package io.uringreactive.net;

import io.uringreactive.loop.InFlight;
import io.uringreactive.op.Shutdown;

/**
 * The end of this side's stream: a shutdown(SHUT_WR) behind everything that was sent. Confined to
 * the loop.
 */
final class OutputEnd extends InFlight {
    private final UringConnection connection;
    private boolean wanted;
    private boolean done;

    OutputEnd(UringConnection connection) {
        this.connection = connection;
    }

    /** Sends the FIN as soon as the sender is idle; a second call does nothing. */
    void start() {
        wanted = true;
        advance();
    }

    void advance() {
        if (wanted && !done && !isInFlight() && connection.sender().isIdle()) {
            if (connection.receiver().isEnded() && !connection.ending().isOpen()) {
                // The peer has ended and the close follows at once: it sends the FIN itself.
                done = true;
            } else {
                Shutdown.prepareOutput(connection.loop().operations().begin(this), connection.fd());
            }
        }
    }

    boolean isDone() {
        return done;
    }

    void cancel() {
        wanted = false;
        connection.loop().operations().cancel(this);
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        // An error (ENOTCONN) says that the peer is gone: there is nobody left to tell.
        done = true;
        connection.onOutputEnded();
    }

    @Override
    protected void onCancelled() {
        connection.onLetGo();
    }
}
