// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.transport.LoopConnection;
import io.uringreactive.transport.Origin;
import io.uringreactive.transport.Receiving;
import io.uringreactive.transport.Sending;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.netty.NettyPipeline;

/**
 * A connection on a channel that reactor-netty has connected or accepted. Netty may close the
 * channel by itself, after a reset; the connection ends when its user ends it all the same.
 */
final class NettyConnection extends LoopConnection {
    /** Netty's own bound of one read. */
    static final int READ_BYTES_MAX = 64 * 1024;

    private final NettyLoop loop;
    private final SocketChannel channel;
    private final Origin origin;
    private final @Nullable InetSocketAddress local;
    private final @Nullable InetSocketAddress remote;
    private final NettyReceiver receiver;
    private final NettySender sender;

    /** On {@code loop}, from within reactor-netty's signal that the channel is connected. */
    NettyConnection(
            NettyLoop loop, SocketChannel channel, Origin origin, ConnectionOptions options) {
        super(loop, options);
        this.loop = loop;
        this.channel = channel;
        this.origin = origin;
        this.local = channel.localAddress();
        this.remote = channel.remoteAddress();
        this.receiver =
                new NettyReceiver(
                        this,
                        channel,
                        Math.min(options.windowBytes(), READ_BYTES_MAX),
                        loop.sockets().tellsEnd());
        this.sender = new NettySender(this, channel);
        channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "uring.receiver", receiver);
        begin();
    }

    /** What ended the peer's stream when it was not its FIN. */
    @Nullable IOException receiveFailure() {
        return receiver.failure();
    }

    @Override
    protected Receiving receiving() {
        return receiver.receiving();
    }

    @Override
    protected Sending sending() {
        return sender.sending();
    }

    @Override
    protected void liftUnsentBytesMax() {
        ChannelOption<Long> unsent = loop.sockets().unsentBytesMax();
        if (unsent != null && channel.isOpen()) {
            channel.config().setOption(unsent, 0L);
        }
    }

    @Override
    protected void shutdownSocket() {
        var _ = channel.shutdownOutput();
    }

    /** A close ends what is in flight by itself. */
    @Override
    protected boolean hasInFlight() {
        return false;
    }

    @Override
    protected void closeSocket(boolean reset) {
        if (reset && channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close().addListener(closed -> loop.afterClose(this::onClosed));
    }

    @Override
    public @Nullable InetSocketAddress knownRemote() {
        return remote;
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public Scheduler scheduler() {
        return loop.scheduler();
    }

    @Override
    public String toString() {
        return "NettyConnection[%s, %s, %s, %s]"
                .formatted(channel.id(), origin.text(local, remote), loop, state());
    }
}
