// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import io.uringreactive.test.SimulatedListener;
import io.uringreactive.test.SimulatedPeer;
import java.util.Arrays;

/**
 * Stands between a client and a server of the library, passes on what they say, and after a number
 * of bytes in one of the directions does what a bad network does.
 */
final class Relay {
    static final int PORT = 9443;

    enum Deed {
        /** A FIN in that direction; the other one goes on. */
        FIN,
        /** The connection is reset for both. */
        RESET,
        /** Nothing more gets through in that direction, and nobody learns of it. */
        SILENCE,
        /** One bit is another one. */
        DAMAGE
    }

    private final SimulatedListener listener;
    private final SimulatedPeer toServer;
    private final Deed deed;
    private final boolean fromClient;
    private int left;
    private boolean done;
    private boolean clientEnded;
    private boolean serverEnded;

    /** {@code deed} is done behind {@code bytes} of the client's, or of the server's. */
    Relay(Simulation simulation, Deed deed, boolean fromClient, int bytes) {
        this.listener = simulation.kernel.listen(PORT);
        this.toServer = simulation.kernel.connect(Simulation.PORT);
        this.deed = deed;
        this.fromClient = fromClient;
        this.left = bytes;
    }

    boolean isConnected() {
        return toServer.isConnected() && !listener.accepted().isEmpty();
    }

    /** Whether the deed is done. */
    boolean isDone() {
        return done;
    }

    private SimulatedPeer toClient() {
        return listener.accepted().getFirst();
    }

    /** Passes on what has come; on the test's thread. */
    void step() {
        pass(toClient(), toServer, fromClient);
        pass(toServer, toClient(), !fromClient);
        if (toClient().sawEnd() && !clientEnded) {
            clientEnded = true;
            toServer.shutdownWrite();
        }
        if (toServer.sawEnd() && !serverEnded) {
            serverEnded = true;
            toClient().shutdownWrite();
        }
        if (toClient().sawReset()) {
            toServer.reset();
        }
        if (toServer.sawReset()) {
            toClient().reset();
        }
    }

    private void pass(SimulatedPeer from, SimulatedPeer to, boolean watched) {
        byte[] bytes = from.read();
        if (!watched) {
            to.write(bytes);
        } else if (done) {
            if (deed == Deed.DAMAGE) {
                to.write(bytes);
            }
        } else if (bytes.length <= left) {
            left -= bytes.length;
            to.write(bytes);
        } else {
            done = true;
            act(bytes, to);
        }
    }

    private void act(byte[] bytes, SimulatedPeer to) {
        to.write(Arrays.copyOf(bytes, left));
        switch (deed) {
            case FIN -> to.shutdownWrite();
            case RESET -> {
                toServer.reset();
                toClient().reset();
            }
            case SILENCE -> {
                // What follows is dropped.
            }
            case DAMAGE -> {
                byte[] rest = Arrays.copyOfRange(bytes, left, bytes.length);
                rest[0] ^= 1;
                to.write(rest);
            }
        }
    }

    void end() {
        toServer.close();
        listener.accepted().forEach(SimulatedPeer::close);
        listener.close();
    }
}
