// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.NoopAddressResolverGroup;
import io.uringreactive.ConnectOptions;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.transport.Connector;
import io.uringreactive.transport.Dialer;
import io.uringreactive.transport.Loop;
import io.uringreactive.transport.Origin;
import java.net.InetSocketAddress;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.netty.tcp.TcpClient;

/** Connects on one event loop, by reactor-netty's client. */
record NettyDialer(Sockets sockets, NettyLoop netty, ConnectOptions options) implements Dialer {
    @Override
    public Loop loop() {
        return netty;
    }

    @Override
    public Attempt attempt(Connector connector, InetSocketAddress address) {
        return new NettyAttempt(connector, address);
    }

    private TcpClient client(InetSocketAddress address) {
        TcpClient client =
                TcpClient.newConnection()
                        .runOn(new Place(netty.events(), netty.events(), sockets::client))
                        .resolver(NoopAddressResolverGroup.INSTANCE)
                        .remoteAddress(() -> address)
                        // The connector's own limit is for all attempts together.
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
        return ChannelOptions.of(sockets, options.socket(), options.connection()).applyTo(client);
    }

    private final class NettyAttempt implements Attempt {
        private final Connector connector;
        private final InetSocketAddress address;
        private final Disposable.Swap connecting = Disposables.swap();

        NettyAttempt(Connector connector, InetSocketAddress address) {
            this.connector = connector;
            this.address = address;
        }

        @Override
        public void start() {
            connecting.update(
                    client(address)
                            .connect()
                            .subscribe(
                                    connected -> onConnected((SocketChannel) connected.channel()),
                                    this::onFailed));
        }

        @Override
        public void giveUp() {
            connecting.dispose();
        }

        private void onConnected(SocketChannel channel) {
            if (connecting.isDisposed()) {
                var _ = channel.close();
            } else {
                connector.onConnected(
                        this,
                        new NettyConnection(
                                netty, channel, Origin.CONNECTED, options.connection()));
            }
        }

        private void onFailed(Throwable error) {
            if (!connecting.isDisposed()) {
                connector.onFailed(this, Failures.of(Family.CONNECT, "connect", error, address));
            }
        }
    }
}
