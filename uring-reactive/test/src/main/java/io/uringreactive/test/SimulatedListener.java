// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.ArrayList;
import java.util.List;

/** A remote server that the library connects to; it accepts at once whatever comes. */
public final class SimulatedListener {
    private final World world;
    private final Backlog backlog;
    private final List<SimulatedPeer> accepted = new ArrayList<>();

    private SimulatedListener(World world, int port) {
        this.world = world;
        this.backlog =
                new Backlog(
                        world,
                        port,
                        Integer.MAX_VALUE,
                        SimulatedPeer.buffers(world),
                        this::acceptAll);
    }

    static SimulatedListener open(World world, int port) {
        SimulatedListener listener = new SimulatedListener(world, port);
        world.network.add(listener.backlog);
        return listener;
    }

    private void acceptAll() {
        for (StreamEnd end = backlog.take(); end != null; end = backlog.take()) {
            accepted.add(SimulatedPeer.accepted(world, end));
        }
    }

    public int port() {
        return backlog.port();
    }

    /** Everybody who has connected so far, in order. */
    public List<SimulatedPeer> accepted() {
        return List.copyOf(accepted);
    }

    /** From now on connects are neither accepted nor refused. */
    public void fallSilent() {
        backlog.fallSilent();
    }

    /** From now on connects are refused. */
    public void close() {
        world.baton.requireTurn("close of a peer's listener");
        backlog.close();
    }
}
