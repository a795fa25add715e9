// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.jspecify.annotations.Nullable;

/** The JDK's channels, on every system. */
final class NioSockets implements Sockets {
    @Override
    public String name() {
        return NioProvider.NAME;
    }

    @Override
    public IoHandlerFactory handlers() {
        return NioIoHandler.newFactory();
    }

    @Override
    public ServerSocketChannel server() {
        return new NioServerSocketChannel();
    }

    @Override
    public SocketChannel client() {
        return new NioSocketChannel();
    }

    @Override
    public @Nullable ChannelOption<Long> unsentBytesMax() {
        return null;
    }

    @Override
    public boolean closesLate() {
        return true; // its selector closes it
    }

    @Override
    public boolean tellsEnd() {
        return false;
    }
}
