// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection, driven by the test: what a remote program would do. Calls only say
 * what the peer does; that it arrives is up to the simulation, which has to run for it.
 */
public final class SimulatedPeer {
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final World world;
    private final InetSocketAddress address;
    private final ByteQueue received = new ByteQueue();

    /** What it was told to do before it was connected. */
    private final List<Consumer<StreamEnd>> early = new ArrayList<>();

    private int earlyBytes;
    private @Nullable StreamEnd stream;
    private boolean refused;
    private boolean paused;
    private boolean gone;
    private boolean sawReset;

    private SimulatedPeer(World world, InetSocketAddress address) {
        this.world = world;
        this.address = address;
    }

    /** A client of whoever listens on {@code port}. */
    static SimulatedPeer connect(World world, int port) {
        SimulatedPeer peer = new SimulatedPeer(world, Network.at(world.network.freePort()));
        peer.new Connecting(port).begin();
        return peer;
    }

    /** The server's side of a connection that was made to a {@link SimulatedListener}. */
    static SimulatedPeer accepted(World world, StreamEnd end) {
        SimulatedPeer peer = new SimulatedPeer(world, end.place().local());
        peer.connected(end);
        return peer;
    }

    static Backlog.Buffers buffers(World world) {
        return new Backlog.Buffers(UNBOUNDED, world.options.receiveBufferBytes());
    }

    private void connected(StreamEnd end) {
        stream = end;
        end.watch(this::changed);
        early.forEach(action -> action.accept(end));
        early.clear();
        changed();
    }

    /** Now, or as soon as the connection is there. */
    private void act(String what, Consumer<StreamEnd> action) {
        world.baton.requireTurn(what + " of a peer");
        world.trace.add("peer on port " + address.getPort() + ": " + what);
        StreamEnd end = stream;
        if (end != null) {
            action.accept(end);
        } else {
            early.add(action);
        }
    }

    private void changed() {
        StreamEnd end = stream;
        if (end != null && !paused && end.incoming() > 0) {
            received.add(end.receiveAll());
        }
        if (end != null && end.hasError()) {
            sawReset = true;
        }
    }

    /**
     * Sends {@code bytes}; they arrive as the window of the other end lets them. They are lost
     * after {@link #shutdownWrite()} or {@link #close()}, and when the connection is.
     */
    public SimulatedPeer write(byte[] bytes) {
        MemorySegment copy = MemorySegment.ofArray(bytes.clone());
        earlyBytes += stream == null ? bytes.length : 0;
        act(
                "write of " + bytes.length + " bytes",
                end -> {
                    int taken = gone ? 0 : end.send(copy, bytes.length);
                    sawReset |= taken < 0 && end.isDead();
                });
        return this;
    }

    /** Sends {@code text} in UTF-8. */
    public SimulatedPeer write(String text) {
        return write(text.getBytes(UTF_8));
    }

    /** What has arrived since the last call. */
    public byte[] read() {
        world.baton.requireTurn("read of a peer");
        return received.take();
    }

    /** What has arrived and was not taken by {@link #read()}, as text. */
    public String received() {
        return new String(received.peek(), UTF_8);
    }

    /** How many bytes have arrived and were not taken by {@link #read()}. */
    public int receivedBytes() {
        return received.size();
    }

    /** Written bytes that have not arrived in the other end's receive buffer. */
    public int unsent() {
        StreamEnd end = stream;
        return end == null ? earlyBytes : end.outgoing();
    }

    /** From now on what arrives fills this end's window and stays there. */
    public void pauseReading() {
        paused = true;
    }

    public void resumeReading() {
        world.baton.requireTurn("resumeReading of a peer");
        paused = false;
        changed();
    }

    /** Ends its direction after what it has written; it goes on reading. */
    public void shutdownWrite() {
        act("shutdownWrite", StreamEnd::shutWrite);
    }

    /**
     * Closes in order, after what it has written; resets if there is input that it did not read.
     */
    public void close() {
        act("close", end -> leave(end, false));
    }

    /** Resets the connection; what has not arrived may be lost. */
    public void reset() {
        act("reset", end -> leave(end, true));
    }

    private void leave(StreamEnd end, boolean reset) {
        if (!gone) {
            gone = true;
            end.release(reset);
        }
    }

    public boolean isConnected() {
        return stream != null;
    }

    /** Whether nobody listened. */
    public boolean wasRefused() {
        return refused;
    }

    /** Whether the other end has ended its direction, and everything before that has arrived. */
    public boolean sawEnd() {
        return stream != null && stream.endSeen() && stream.incoming() == 0;
    }

    /** Whether the other end, or the network, has reset the connection. */
    public boolean sawReset() {
        return sawReset;
    }

    /** Its own address: what the other end sees as its peer's. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public String toString() {
        return "peer " + (stream == null ? "on port " + address.getPort() : stream.describe());
    }

    /** The three-way handshake of a client. */
    private final class Connecting extends KernelTask {
        private final int port;
        private @Nullable Handshake handshake;
        private boolean done;

        Connecting(int port) {
            this.port = port;
        }

        void begin() {
            handshake = new Handshake(world, port, this);
            world.work.offer(this);
        }

        @Override
        boolean ready() {
            return !done && handshake != null && handshake.isDecided();
        }

        @Override
        void run() {
            done = true;
            StreamEnd end = handshake == null ? null : handshake.finish(address, buffers(world));
            if (end == null) {
                refused = true;
            } else {
                connected(end);
            }
        }

        @Override
        String describe() {
            return "peer on port " + address.getPort() + " connects to port " + port;
        }
    }
}
