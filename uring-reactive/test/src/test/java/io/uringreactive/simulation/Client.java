// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import io.uringreactive.test.SimulatedPeer;
import java.util.Arrays;
import java.util.Random;

/** A peer that sends its bytes in random pieces and remembers what it has sent. */
final class Client {
    final SimulatedPeer peer;
    private byte[] bytes;
    private final Random random;
    private int sent;

    Client(SimulatedPeer peer, byte[] bytes, Random random) {
        this.peer = peer;
        this.bytes = bytes;
        this.random = random;
    }

    /** Sends the next piece, of 1 byte up to all that is left. */
    void step() {
        if (sent < bytes.length) {
            int left = bytes.length - sent;
            int piece = random.nextBoolean() ? 1 : left - random.nextInt(left);
            peer.write(Arrays.copyOfRange(bytes, sent, sent + piece));
            sent += piece;
        }
    }

    void sendAll() {
        while (!isDone()) {
            step();
        }
    }

    boolean isDone() {
        return sent == bytes.length;
    }

    /** Has {@code more} to send, too. */
    void add(byte[] more) {
        bytes = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, bytes, bytes.length - more.length, more.length);
    }

    /** How much of it has arrived in the other end's receive buffer. */
    int arrived() {
        return sent - peer.unsent();
    }

    byte[] bytes() {
        return bytes;
    }
}
