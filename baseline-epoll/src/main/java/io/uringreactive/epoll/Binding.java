// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.sys.abi.Errno;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpServer;

/** Binds a port, by reactor-netty's server. */
final class Binding {
    static Mono<Listener> bind(NettyTransport transport, ListenOptions options) {
        InetAddress address = options.address().getAddress();
        Mono<Listener> bound = once(transport, options);
        if (address.isAnyLocalAddress() && address instanceof Inet6Address) {
            // Where the machine has no IPv6, "every address" means every IPv4 address.
            InetSocketAddress ipv4 =
                    new InetSocketAddress(
                            InetAddress.ofLiteral("0.0.0.0"), options.address().getPort());
            bound =
                    bound.onErrorResume(
                            error -> Failures.number(error) == Errno.EAFNOSUPPORT.number(),
                            error -> once(transport, options.address(ipv4)));
        }
        return bound.onErrorMap(
                error -> Failures.of(Family.BIND, "bind", error, options.address()));
    }

    private static Mono<Listener> once(NettyTransport transport, ListenOptions options) {
        return Mono.defer(
                () -> {
                    ServerSocketChannel channel = transport.sockets().server();
                    NettyLoop loop = transport.next();
                    NettyListener listener = new NettyListener(transport, loop, channel, options);
                    TcpServer server =
                            TcpServer.create()
                                    .runOn(
                                            new Place(
                                                    loop.events(),
                                                    listener.children(),
                                                    () -> channel))
                                    .bindAddress(options::address)
                                    .option(ChannelOption.SO_BACKLOG, options.backlog())
                                    .doOnConnection(
                                            child ->
                                                    listener.onChild(
                                                            (SocketChannel) child.channel()));
                    if (options.socket().receiveBufferBytes() > 0) {
                        // On the listening socket: the peer is told of the window it allows.
                        server =
                                server.option(
                                        ChannelOption.SO_RCVBUF,
                                        options.socket().receiveBufferBytes());
                    }
                    return ChannelOptions.of(
                                    transport.sockets(), options.socket(), options.connection())
                            .applyTo(server)
                            .bind()
                            .map(bound -> listener.bound());
                });
    }

    private Binding() {}
}
