// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.SocketOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** This library's options as Netty's, for the channel of a connection. */
final class ChannelOptions {
    private static final int READ_BYTES_MIN = 64;
    private static final int READ_BYTES_FIRST = 2048;

    private final Map<ChannelOption<?>, Object> values = new LinkedHashMap<>();

    private ChannelOptions() {}

    @SuppressWarnings("deprecation") // RCVBUF_ALLOCATOR: there is no other way to bound a read
    static ChannelOptions of(Sockets sockets, SocketOptions socket, ConnectionOptions connection) {
        ChannelOptions options = new ChannelOptions();
        options.set(ChannelOption.ALLOW_HALF_CLOSURE, true);
        options.set(ChannelOption.TCP_NODELAY, socket.noDelay());
        options.set(ChannelOption.SO_KEEPALIVE, socket.keepAlive());
        if (socket.receiveBufferBytes() > 0) {
            options.set(ChannelOption.SO_RCVBUF, socket.receiveBufferBytes());
        }
        if (socket.sendBufferBytes() > 0) {
            options.set(ChannelOption.SO_SNDBUF, socket.sendBufferBytes());
        }
        ChannelOption<Long> unsent = sockets.unsentBytesMax();
        if (socket.unsentBytesMax() > 0 && unsent != null) {
            options.set(unsent, (long) socket.unsentBytesMax());
        }
        int most = Math.min(connection.windowBytes(), NettyConnection.READ_BYTES_MAX);
        options.set(
                ChannelOption.RCVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(
                        READ_BYTES_MIN, Math.min(READ_BYTES_FIRST, most), most));
        return options;
    }

    private <T> void set(ChannelOption<T> option, T value) {
        values.put(option, value);
    }

    TcpClient applyTo(TcpClient client) {
        TcpClient with = client;
        for (Map.Entry<ChannelOption<?>, Object> entry : values.entrySet()) {
            with = with.option(typed(entry.getKey()), entry.getValue());
        }
        return with;
    }

    /** To the connections that {@code server} accepts. */
    TcpServer applyTo(TcpServer server) {
        TcpServer with = server;
        for (Map.Entry<ChannelOption<?>, Object> entry : values.entrySet()) {
            with = with.childOption(typed(entry.getKey()), entry.getValue());
        }
        return with;
    }

    @SuppressWarnings("unchecked") // set() has kept the two together
    private static ChannelOption<Object> typed(ChannelOption<?> option) {
        return (ChannelOption<Object>) option;
    }
}
