// SPDX-License-Identifier: Apache-2.0
/** The API of io.uringreactive on Netty's epoll, or on NIO where there is none. */
module io.uringreactive.epoll {
    requires static transitive org.jspecify;
    requires transitive io.uringreactive;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.resolver;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires reactor.netty.core;

    exports io.uringreactive.epoll;

    provides io.uringreactive.TransportProvider with
            io.uringreactive.epoll.EpollProvider,
            io.uringreactive.epoll.NioProvider;
}
