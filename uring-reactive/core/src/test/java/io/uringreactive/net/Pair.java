// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.UringNet;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A connection of ours, accepted, and the plain socket at its other end. */
record Pair(Connection connection, Peer peer) implements AutoCloseable {
    static Pair open(RingGroup group) {
        return open(group, options -> options, 0);
    }

    static Pair open(RingGroup group, UnaryOperator<ListenOptions> change, int peerBufferBytes) {
        ListenOptions options = change.apply(loopback(group));
        Listener listener = Await.get(UringNet.listen(options));
        CompletableFuture<Connection> accepted = new CompletableFuture<>();
        listener.connections().next().subscribe(accepted::complete);
        Peer peer = Peer.connect(listener.address(), peerBufferBytes);
        return new Pair(Await.get(accepted), peer);
    }

    /** On a free port of 127.0.0.1. */
    static ListenOptions loopback(RingGroup group) {
        return ListenOptions.port(0).host("127.0.0.1").group(group);
    }

    /** What the kernel holds of what the peer has sent. */
    KernelQueues kernelQueues() {
        InetSocketAddress server =
                (InetSocketAddress) peer.channel().socket().getRemoteSocketAddress();
        return KernelQueues.between(peer.port(), server.getPort());
    }

    @Override
    public void close() {
        connection.dispose();
        peer.close();
        // Only then nothing is made or kept for it any more.
        Await.done(connection.onClose());
    }
}
