// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * A connection's thread, as Netty's pipelines want to see it. It ends with the transport, not with
 * Netty, so it cannot be shut down here; timers are {@link Scheduler}'s.
 */
final class ConnectionLoop extends AbstractEventExecutor implements EventLoop {
    private static final FastThreadLocal<@Nullable ConnectionLoop> OF_THREAD =
            new FastThreadLocal<>();

    private final Scheduler scheduler;
    private final Thread thread;

    /** This thread's, which {@code scheduler} runs on: one for all its connections. */
    static ConnectionLoop of(Scheduler scheduler) {
        ConnectionLoop known = OF_THREAD.get();
        if (known == null || !known.scheduler.equals(scheduler)) {
            known = new ConnectionLoop(scheduler);
            OF_THREAD.set(known);
        }
        return known;
    }

    /** Made on the connection's thread. */
    ConnectionLoop(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.thread = Thread.currentThread();
    }

    @Override
    public boolean inEventLoop(Thread other) {
        return other == thread;
    }

    @Override
    public void execute(Runnable task) {
        try {
            scheduler.schedule(task);
        } catch (RejectedExecutionException e) {
            if (!inEventLoop()) {
                throw e;
            }
            // The transport stops and closes its connections: what that leaves to do is done now.
            task.run();
        }
    }

    /**
     * Runs {@code task} on the thread, now where that is this one. False when it will not run: the
     * transport stops. It closes its connections on the thread and thereby ends everything there,
     * so who gives a task has nothing to do in its place but to tell those that the thread does not
     * know. A task that was taken just before does not run either.
     */
    boolean run(Runnable task) {
        if (inEventLoop()) {
            task.run();
            return true;
        }
        return later(task);
    }

    /** As {@link #run}, but never now. */
    boolean later(Runnable task) {
        try {
            execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public EventLoopGroup parent() {
        return this;
    }

    @Override
    public EventLoop next() {
        return this;
    }

    @Override
    public ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    public ChannelFuture register(ChannelPromise promise) {
        promise.channel().unsafe().register(this, promise);
        return promise;
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        channel.unsafe().register(this, promise);
        return promise;
    }

    @Override
    public boolean isShuttingDown() {
        return scheduler.isDisposed();
    }

    @Override
    public boolean isShutdown() {
        return scheduler.isDisposed();
    }

    @Override
    public boolean isTerminated() {
        return scheduler.isDisposed();
    }

    @Override
    @Deprecated
    public void shutdown() {
        throw notOurs();
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        return GlobalEventExecutor.INSTANCE.newFailedFuture(notOurs());
    }

    @Override
    public Future<?> terminationFuture() {
        return GlobalEventExecutor.INSTANCE.newFailedFuture(notOurs());
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw notOurs();
    }

    private static UnsupportedOperationException notOurs() {
        return new UnsupportedOperationException("a connection's thread ends with its transport");
    }
}
