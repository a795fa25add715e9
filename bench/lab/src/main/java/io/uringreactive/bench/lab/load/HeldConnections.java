// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that have got one reply each and are kept. */
final class HeldConnections implements AutoCloseable {
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Target target;
    private final Page page;

    HeldConnections(Target target, Page page) {
        this.target = target;
        this.page = page;
    }

    /** One more. */
    void open() throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(target.host(), target.port()));
        channels.add(channel);
        HttpReply reply = HttpReply.over(channel.socket(), target, page.path());
        if (!reply.isOk() || !reply.body().equals(page.body())) {
            throw new IOException("another reply than the one that is wanted: " + reply);
        }
    }

    /** Fails if the server has closed one, or said something that nobody asked for. */
    void check() throws IOException {
        ByteBuffer any = ByteBuffer.allocate(1);
        for (int i = 0; i < channels.size(); i++) {
            channels.get(i).configureBlocking(false);
            int read = channels.get(i).read(any);
            if (read != 0) {
                throw new IOException(
                        "connection %d was %s while it was idle"
                                .formatted(i, read < 0 ? "closed" : "written to"));
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
