// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.jmh;

import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.UringNet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection of ours, and its peer: a blocking channel of the JDK. */
final class Loopback implements AutoCloseable {
    private final OneRing ring;
    private final Connection connection;
    private final SocketChannel peer;

    Loopback(RingGroupOptions options) {
        ring = new OneRing(options);
        ListenOptions listen = ListenOptions.port(0).host("127.0.0.1").group(ring.group());
        Listener listener = Objects.requireNonNull(UringNet.listen(listen).block(OneRing.PATIENCE));
        CompletableFuture<@Nullable Connection> accepted = listener.connections().next().toFuture();
        InetSocketAddress address = listener.address();
        try {
            peer = SocketChannel.open(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connection =
                Objects.requireNonNull(
                        accepted.orTimeout(OneRing.PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
    }

    OneRing ring() {
        return ring;
    }

    Connection connection() {
        return connection;
    }

    SocketChannel peer() {
        return peer;
    }

    @Override
    public void close() throws IOException {
        connection.dispose();
        ring.close();
        peer.close();
    }
}
