// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;

/** Netty's own system calls, Linux's alone: loaded only there. */
final class EpollSockets implements Sockets {
    @Override
    public String name() {
        return EpollProvider.NAME;
    }

    @Override
    public IoHandlerFactory handlers() {
        return EpollHandler.factory();
    }

    @Override
    public ServerSocketChannel server() {
        return new EpollServerSocketChannel();
    }

    @Override
    public SocketChannel client() {
        return new EpollSocketChannel();
    }

    @Override
    public ChannelOption<Long> unsentBytesMax() {
        return EpollChannelOption.TCP_NOTSENT_LOWAT;
    }

    @Override
    public boolean closesLate() {
        return false;
    }

    @Override
    public boolean tellsEnd() {
        return true; // EPOLLRDHUP
    }
}
