// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * The event loops as the connections of one listener see them: the next one is that which the
 * listener's demand and placement name, and it is counted until it has arrived there. They are the
 * transport's: nothing here ends them.
 */
final class ChildLoops extends AbstractEventExecutorGroup implements EventLoopGroup {
    private final EventLoopGroup loops;
    private final Entrance entrance;

    ChildLoops(EventLoopGroup loops, Entrance entrance) {
        this.loops = loops;
        this.entrance = entrance;
    }

    @Override
    public EventLoop next() {
        return entrance.place().events();
    }

    @Override
    public ChannelFuture register(Channel child) {
        NettyLoop loop = entrance.place();
        entrance.onLeaving();
        loop.connections().incrementAndGet();
        child.closeFuture().addListener(closed -> loop.connections().decrementAndGet());
        ChannelPromise promise = new DefaultChannelPromise(child, loop.events());
        // Behind the registration, which makes the channel active: the connection is there then.
        promise.addListener(registered -> loop.execute(entrance::onArrived));
        child.unsafe().register(loop.events(), promise);
        return promise;
    }

    @Override
    public ChannelFuture register(ChannelPromise promise) {
        throw new UnsupportedOperationException("reactor-netty registers by channel");
    }

    @Override
    @Deprecated // as it is declared
    public ChannelFuture register(Channel child, ChannelPromise promise) {
        throw new UnsupportedOperationException("reactor-netty registers by channel");
    }

    @Override
    public Iterator<EventExecutor> iterator() {
        return loops.iterator();
    }

    @Override
    public boolean isShuttingDown() {
        return loops.isShuttingDown();
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("the event loops are the transport's");
    }

    @Override
    @Deprecated // as it is declared
    public void shutdown() {
        throw new UnsupportedOperationException("the event loops are the transport's");
    }

    @Override
    public Future<?> terminationFuture() {
        return loops.terminationFuture();
    }

    @Override
    public boolean isShutdown() {
        return loops.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return loops.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return loops.awaitTermination(timeout, unit);
    }
}
