// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection being made to whoever listened on the port when it began. It comes about when there
 * is room in the backlog, whether anybody accepts it or not, and is refused when nobody listens.
 */
final class Handshake {
    private final World world;
    private final @Nullable Backlog target;
    private final KernelTask task;

    /** {@code task} is offered whenever the handshake may have come to its end. */
    Handshake(World world, int port, KernelTask task) {
        this.world = world;
        this.target = world.network.pick(port);
        this.task = task;
        if (target != null) {
            target.knock(task);
        } else {
            world.work.offer(task);
        }
    }

    boolean isDecided() {
        return target == null || target.isClosed() || target.hasRoom();
    }

    /** Once decided: the near end of the new connection, or null when it is refused. */
    @Nullable StreamEnd finish(InetSocketAddress local, Backlog.Buffers near) {
        giveUp();
        if (target == null || target.isClosed()) {
            return null;
        }
        InetSocketAddress remote = Network.at(target.port());
        Backlog.Buffers far = target.buffers();
        StreamEnd end =
                new StreamEnd(
                        world,
                        new StreamEnd.Place(local, remote, near.sendBytes(), near.receiveBytes()),
                        new StreamEnd.Place(remote, local, far.sendBytes(), far.receiveBytes()));
        target.add(end.other());
        return end;
    }

    void giveUp() {
        if (target != null) {
            target.leave(task);
        }
    }
}
