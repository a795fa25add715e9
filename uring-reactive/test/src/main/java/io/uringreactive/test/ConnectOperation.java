// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** connect(2): succeeds when there is room in the listener's backlog, whoever accepts. */
final class ConnectOperation extends Operation {
    private static final Errno[] ERRORS = {
        Errno.ECONNREFUSED, Errno.ETIMEDOUT, Errno.EHOSTUNREACH, Errno.ENETUNREACH
    };

    private final SimulatedSocket socket;
    private final InetSocketAddress remote;
    private @Nullable Handshake handshake;

    ConnectOperation(
            SimulatedRing ring,
            Submission submission,
            SimulatedSocket socket,
            InetSocketAddress remote) {
        super(ring, submission, socket);
        this.socket = socket;
        this.remote = remote;
    }

    @Override
    void begun() {
        handshake = new Handshake(world, remote.getPort(), this);
    }

    @Override
    boolean canProceed() {
        return handshake != null && handshake.isDecided();
    }

    @Override
    void proceed() {
        int way = world.chance.way(Fault.CONNECT_ERROR, ERRORS.length);
        if (way > 0) {
            finish(-ERRORS[way - 1].number(), 0);
            return;
        }
        StreamEnd end =
                Objects.requireNonNull(handshake)
                        .finish(socket.localForConnect(), socket.buffers());
        if (end == null) {
            finish(-Errno.ECONNREFUSED.number(), 0);
        } else {
            socket.connected(end);
            finish(0, 0);
        }
    }

    @Override
    void ended() {
        if (handshake != null) {
            handshake.giveUp();
        }
    }
}
