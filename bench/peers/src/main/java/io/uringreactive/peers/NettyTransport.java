// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;

/** A transport of Netty's own, with one event loop. */
enum NettyTransport {
    EPOLL,
    IO_URING,
    /** io_uring that receives into buffers which the kernel picks. */
    IO_URING_BUFFER_RING;

    private static final short GROUP = 1;
    private static final short BUFFERS = 1024;
    private static final int BATCH = 64;
    private static final int BUFFER_BYTES = 4096;
    private static final int BACKLOG = 4096;

    /** Serves until the process ends. */
    void serve(int port, ChannelInitializer<SocketChannel> initializer)
            throws InterruptedException {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(group())
                        .channel(
                                this == EPOLL
                                        ? EpollServerSocketChannel.class
                                        : IoUringServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(initializer);
        if (this == IO_URING_BUFFER_RING) {
            bootstrap.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
        }
        Channel server = bootstrap.bind("127.0.0.1", port).sync().channel();
        System.out.println("ready: Netty on " + this + ", port " + port);
        server.closeFuture().sync();
    }

    private EventLoopGroup group() {
        IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
        if (this == IO_URING_BUFFER_RING) {
            config.setBufferRingConfig(
                    IoUringBufferRingConfig.builder()
                            .bufferGroupId(GROUP)
                            .bufferRingSize(BUFFERS)
                            .batchSize(BATCH)
                            .allocator(new IoUringFixedBufferRingAllocator(BUFFER_BYTES))
                            .build());
        }
        return new MultiThreadIoEventLoopGroup(
                1,
                this == EPOLL ? EpollIoHandler.newFactory() : IoUringIoHandler.newFactory(config));
    }
}
