// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.Transport;
import io.uringreactive.transport.Connector;
import io.uringreactive.transport.ListenParallel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;
import reactor.core.publisher.Sinks;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Event loops, one thread each, that listen and connect with one kind of sockets. */
final class NettyTransport implements Transport {
    private static final Logger LOG = Loggers.getLogger(NettyTransport.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Sockets sockets;
    private final EventLoopGroup group;
    private final List<NettyLoop> loops = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile boolean disposed;

    /** Throws what Netty does where the system gives no descriptor for the event loops. */
    NettyTransport(Sockets sockets, int threads) {
        this.sockets = sockets;
        String name = sockets.name() + "-" + COUNT.incrementAndGet();
        AtomicInteger started = new AtomicInteger();
        ThreadFactory factory = run -> new EventThread(run, name + "-" + started.getAndIncrement());
        this.group = new MultiThreadIoEventLoopGroup(threads, factory, sockets.handlers());
        int number = 0;
        for (EventExecutor events : group) {
            loops.add(new NettyLoop((EventLoop) events, sockets, name + "-" + number++));
        }
        LOG.info("{}", this);
    }

    Sockets sockets() {
        return sockets;
    }

    EventLoopGroup group() {
        return group;
    }

    List<NettyLoop> loops() {
        return loops;
    }

    /** The event loops in turn. */
    NettyLoop next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    @Override
    public String name() {
        return sockets.name();
    }

    @Override
    public Mono<Listener> listen(ListenOptions options) {
        return Mono.defer(
                () -> {
                    requireNone(options.group());
                    return Binding.bind(this, options);
                });
    }

    @Override
    public ParallelFlux<Connection> acceptParallel(ListenOptions options) {
        return new ListenParallel(listen(options), loops::size);
    }

    @Override
    public Mono<Connection> connect(ConnectOptions options) {
        return Connector.connect(options, () -> dialer(options));
    }

    private NettyDialer dialer(ConnectOptions options) {
        requireNone(options.group());
        return new NettyDialer(sockets, next(), options);
    }

    private void requireNone(@Nullable RingGroup rings) {
        if (rings != null) {
            throw new IllegalArgumentException(
                    "the options name rings, and "
                            + name()
                            + " has none: "
                            + rings
                            + "; use that group itself, or leave it out");
        }
        if (disposed) {
            throw Exceptions.failWithRejected(this + " has stopped");
        }
    }

    @Override
    public void dispose() {
        if (!disposed) {
            disposed = true;
            loops.forEach(NettyLoop::end);
            group.terminationFuture().addListener(done -> ended.tryEmitEmpty());
        }
    }

    @Override
    public Mono<Void> disposeGracefully() {
        return Mono.defer(
                () -> {
                    dispose();
                    return ended.asMono();
                });
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }

    @Override
    public String toString() {
        return "NettyTransport[%s, %d event loops, %s]"
                .formatted(name(), loops.size(), disposed ? "DISPOSED" : "OPEN");
    }
}
