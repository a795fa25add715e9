// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.uringreactive.ListenOptions;
import io.uringreactive.transport.Gate;
import io.uringreactive.transport.LoopListener;
import io.uringreactive.transport.Origin;
import java.net.InetSocketAddress;
import java.util.List;

/** A bound port: one listening socket, whose connections live on all event loops. */
final class NettyListener extends LoopListener {
    private final NettyTransport transport;
    private final NettyLoop loop;
    private final ServerSocketChannel channel;
    private final Entrance entrance;
    private final Runnable stopHook = this::dispose;
    private volatile InetSocketAddress address;
    private volatile boolean ended;

    NettyListener(
            NettyTransport transport,
            NettyLoop loop,
            ServerSocketChannel channel,
            ListenOptions options) {
        super(options);
        this.transport = transport;
        this.loop = loop;
        this.channel = channel;
        this.address = options.address();
        this.entrance = new Entrance(this, loop, channel, transport.loops(), options);
        entrance.install();
    }

    /** The loops that connections are spread over, in the order of this listener's demand. */
    EventLoopGroup children() {
        return new ChildLoops(transport.group(), entrance);
    }

    /** The socket is bound. */
    NettyListener bound() {
        address = channel.localAddress();
        loop.run(
                () -> {
                    loop.addStopHook(stopHook);
                    entrance.rehearse();
                });
        return this;
    }

    /** reactor-netty has accepted {@code child}; on its event loop. */
    void onChild(SocketChannel child) {
        for (NettyLoop its : transport.loops()) {
            if (its.isInLoop()) {
                onConnection(
                        new NettyConnection(its, child, Origin.ACCEPTED, options().connection()));
                return;
            }
        }
        throw new IllegalStateException(child + " is on no event loop of " + transport);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    protected List<? extends Gate> gates() {
        return entrance.gates();
    }

    @Override
    protected void stopInOrder() {
        loop.execute(entrance::stop);
    }

    @Override
    protected void closeNow() {
        loop.run(entrance::close);
    }

    /** The socket is closed, and what it accepted has arrived; on its loop. */
    void onSocketClosed() {
        ended = true;
        loop.removeStopHook(stopHook);
        onClosed();
    }

    @Override
    public String toString() {
        return "NettyListener[%s, %s, %s]".formatted(Origin.text(address), transport, state());
    }

    private String state() {
        if (ended) {
            return "CLOSED";
        }
        return isDisposed() ? "STOPPING" : "OPEN";
    }
}
