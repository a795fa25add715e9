// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ports and who listens on them. There is one machine and every address is its own; what counts is
 * the port.
 */
final class Network {
    /** Like Linux's ip_local_port_range. */
    private static final int EPHEMERAL_FIRST = 32_768;

    private static final int EPHEMERAL_LAST = 60_999;

    static final InetAddress LOOPBACK = loopback();

    private final World world;
    private final List<SimulatedSocket> bound = new ArrayList<>();
    private final List<Backlog> listening = new ArrayList<>();
    private int nextPort = EPHEMERAL_FIRST;

    Network(World world) {
        this.world = world;
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 bytes is always valid", e);
        }
    }

    static InetSocketAddress at(int port) {
        return new InetSocketAddress(LOOPBACK, port);
    }

    /** A port that nobody uses. */
    int freePort() {
        int port = nextPort;
        while (isUsed(port)) {
            port = following(port);
        }
        nextPort = following(port);
        return port;
    }

    private static int following(int port) {
        return port == EPHEMERAL_LAST ? EPHEMERAL_FIRST : port + 1;
    }

    private boolean isUsed(int port) {
        return listening.stream().anyMatch(backlog -> backlog.port() == port)
                || bound.stream().anyMatch(socket -> socket.port() == port);
    }

    /** Whether {@code socket} may have {@code port} beside those that have it (socket(7)). */
    boolean mayBind(SimulatedSocket socket, int port) {
        for (SimulatedSocket other : bound) {
            if (other.port() == port && !other.sharesPortWith(socket)) {
                return false;
            }
        }
        // A peer's listener shares with nobody.
        return listening.stream().noneMatch(backlog -> backlog.port() == port && !isOwn(backlog));
    }

    private boolean isOwn(Backlog backlog) {
        return bound.stream().anyMatch(socket -> socket.backlog() == backlog);
    }

    /** Whether {@code socket} may listen on its port beside those that do. */
    boolean mayListen(SimulatedSocket socket) {
        for (SimulatedSocket other : bound) {
            boolean rival = other != socket && other.port() == socket.port();
            if (rival && other.isListening() && !other.sharesListeningWith(socket)) {
                return false;
            }
        }
        return true;
    }

    void bind(SimulatedSocket socket) {
        bound.add(socket);
    }

    void unbind(SimulatedSocket socket) {
        bound.remove(socket);
    }

    void add(Backlog backlog) {
        listening.add(backlog);
    }

    void remove(Backlog backlog) {
        listening.remove(backlog);
    }

    /** The listener that gets the next connection to {@code port}; by chance among several. */
    @Nullable Backlog pick(int port) {
        List<Backlog> group = listening.stream().filter(backlog -> backlog.port() == port).toList();
        return group.isEmpty()
                ? null
                : group.get(world.chance.below("which-listener", group.size()));
    }

    List<String> describe() {
        return listening.stream().map(Backlog::toString).toList();
    }
}
