// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A listener's established connections that nobody has accepted yet (listen(2)). */
final class Backlog {
    /** The bound on what listen(2) is asked for: net.core.somaxconn. */
    private static final int LIMIT_MAX = 4096;

    private final World world;
    private final int port;
    private final int limit;
    private final int sendBytes;
    private final int receiveBytes;
    private final Runnable onArrival;
    private final ArrayDeque<StreamEnd> connections = new ArrayDeque<>();
    private final List<KernelTask> knocking = new ArrayList<>();
    private boolean closed;
    private boolean silent;

    Backlog(World world, int port, int limit, Buffers buffers, Runnable onArrival) {
        this.world = world;
        this.port = port;
        this.limit = Math.min(limit, LIMIT_MAX);
        this.sendBytes = buffers.sendBytes();
        this.receiveBytes = buffers.receiveBytes();
        this.onArrival = onArrival;
    }

    /** The sizes of the buffers of a socket (SO_SNDBUF, SO_RCVBUF). */
    record Buffers(int sendBytes, int receiveBytes) {}

    int port() {
        return port;
    }

    Buffers buffers() {
        return new Buffers(sendBytes, receiveBytes);
    }

    boolean isClosed() {
        return closed;
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** One more than asked for, as Linux has it; a handshake beyond that waits. */
    boolean hasRoom() {
        return !silent && connections.size() <= limit;
    }

    /** From now on nothing is answered, as behind a firewall that drops packets. */
    void fallSilent() {
        silent = true;
    }

    /** Offers {@code task} again when there may be room, or the listener is closed. */
    void knock(KernelTask task) {
        knocking.add(task);
        world.work.offer(task);
    }

    void leave(KernelTask task) {
        knocking.remove(task);
    }

    void add(StreamEnd end) {
        connections.add(end);
        onArrival.run();
    }

    @Nullable StreamEnd take() {
        StreamEnd end = connections.poll();
        knocking.forEach(world.work::offer);
        return end;
    }

    /** The listener is closed: everybody who was not accepted is reset. */
    void close() {
        closed = true;
        world.network.remove(this);
        for (StreamEnd end : connections) {
            end.release(true);
        }
        connections.clear();
        knocking.forEach(world.work::offer);
    }

    @Override
    public String toString() {
        return "port " + port + ", " + connections.size() + " of " + limit + " in the backlog";
    }
}
