// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;

/** Sends back what it receives, on plain Netty. Usage: NettyEcho PORT TRANSPORT */
final class NettyEcho extends ChannelInboundHandlerAdapter {
    public static void main(String[] args) throws InterruptedException {
        NettyTransport.valueOf(args[1])
                .serve(
                        Integer.parseInt(args[0]),
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                channel.pipeline().addLast(new NettyEcho());
                            }
                        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var _ = context.write(message, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    /** Reads no more from a peer that does not take what it is sent. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    private NettyEcho() {}
}
