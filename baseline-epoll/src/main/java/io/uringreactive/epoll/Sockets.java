// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One of Netty's ways to the sockets of the system. */
interface Sockets {
    /** One word: that of the transport. */
    String name();

    IoHandlerFactory handlers();

    ServerSocketChannel server();

    SocketChannel client();

    /** What sets TCP_NOTSENT_LOWAT; null where nothing does. */
    @Nullable ChannelOption<Long> unsentBytesMax();

    /** Whether a closed channel keeps its descriptor until the event loop next asks the system. */
    boolean closesLate();

    /** Whether the event loop tells of the peer's end while nothing is read. */
    boolean tellsEnd();
}
