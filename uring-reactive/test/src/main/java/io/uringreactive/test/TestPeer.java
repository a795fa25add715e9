// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The other end of a {@link TestConnection}, with {@link SimulatedPeer}'s words. What it does is
 * signalled before the method returns. Safe from any thread, one at a time.
 */
public final class TestPeer {
    private final TestConnection connection;
    private final ByteQueue received = new ByteQueue();
    private boolean paused;
    private boolean lingers;
    private boolean ended;
    private boolean reset;
    private boolean sawEnd;
    private boolean sawReset;

    TestPeer(TestConnection connection) {
        this.connection = connection;
    }

    /**
     * Sends {@code bytes}, which arrive as one buffer. They are lost after {@link #shutdownWrite()}
     * and once the connection is closed.
     */
    public TestPeer write(byte[] bytes) {
        byte[] copy = bytes.clone();
        connection
                .turns()
                .run(
                        () -> {
                            if (!ended && copy.length > 0 && !connection.ending().isOver()) {
                                connection.receiver().arrive(copy);
                            }
                        });
        return this;
    }

    /** Sends {@code text} in UTF-8, as one buffer. */
    public TestPeer write(String text) {
        return write(text.getBytes(UTF_8));
    }

    /** Sends {@code bytes} in pieces of {@code pieceBytes}; the last one is what is left. */
    public TestPeer writePieces(byte[] bytes, int pieceBytes) {
        if (pieceBytes < 1) {
            throw new IllegalArgumentException("pieceBytes must be positive: " + pieceBytes);
        }
        for (int from = 0; from < bytes.length; from += pieceBytes) {
            int to = Math.min(bytes.length - from, pieceBytes) + from;
            write(Arrays.copyOfRange(bytes, from, to));
        }
        return this;
    }

    /** Sends {@code text} in UTF-8 in pieces of {@code pieceBytes}, through characters too. */
    public TestPeer writePieces(String text, int pieceBytes) {
        return writePieces(text.getBytes(UTF_8), pieceBytes);
    }

    /** Ends its direction; it goes on reading. */
    public void shutdownWrite() {
        connection.turns().run(this::end);
    }

    private void end() {
        if (!ended) {
            ended = true;
            connection.receiver().end(null);
        }
    }

    /**
     * Resets the connection. What it wrote before is delivered first; sends that are queued, and
     * the next ones, fail.
     */
    public void reset() {
        connection
                .turns()
                .run(
                        () -> {
                            ended = true;
                            reset = true;
                            paused = false;
                            connection.receiver().end(TestConnection.resetError("receive"));
                            connection.sender().flushLater();
                        });
    }

    /** From now on it takes nothing: what is sent waits, and so does a close. */
    public void pauseReading() {
        connection.turns().run(() -> paused = true);
    }

    /** Takes what has been waiting, and what comes. */
    public void resumeReading() {
        connection
                .turns()
                .run(
                        () -> {
                            paused = false;
                            connection.sender().flushLater();
                        });
    }

    /**
     * From now on it does not end its direction by itself when this side closes, as programs
     * commonly do: the close waits for {@link #shutdownWrite()} or its time limit.
     */
    public void linger() {
        connection.turns().run(() -> lingers = true);
    }

    /** What has arrived here since the last call. */
    public byte[] read() {
        return received.take();
    }

    /** What has arrived here and was not taken by {@link #read()}, as text. */
    public String received() {
        return new String(received.peek(), UTF_8);
    }

    /** How many bytes have arrived here and were not taken by {@link #read()}. */
    public int receivedBytes() {
        return received.size();
    }

    /** Whether the connection has ended its direction, after everything that it sent. */
    public boolean sawEnd() {
        return sawEnd;
    }

    /** Whether the connection was aborted. */
    public boolean sawReset() {
        return sawReset;
    }

    boolean takes() {
        return !paused;
    }

    boolean hasReset() {
        return reset;
    }

    void onBytes(byte[] bytes) {
        received.add(bytes);
    }

    void onEnd() {
        sawEnd = true;
    }

    void onReset() {
        sawReset = true;
    }

    /** This side waits for the peer's end. */
    void onClosing() {
        if (!lingers) {
            connection.turns().later(this::end);
        }
    }
}
