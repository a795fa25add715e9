// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;

/**
 * Sends as many bytes as the first line asks for, and ends; on plain Netty. Usage: NettyStream PORT
 * TRANSPORT
 */
final class NettyStream extends SimpleChannelInboundHandler<ByteBuf> {
    /** So that a write can take many pieces. */
    private static final WriteBufferWaterMark BUFFERED = new WriteBufferWaterMark(1 << 18, 1 << 20);

    private long left;

    public static void main(String[] args) throws InterruptedException {
        NettyTransport.valueOf(args[1])
                .serve(
                        Integer.parseInt(args[0]),
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                channel.config().setWriteBufferWaterMark(BUFFERED);
                                channel.pipeline()
                                        .addLast(
                                                new LineBasedFrameDecoder(
                                                        StreamPattern.LINE_BYTES_MAX),
                                                new NettyStream());
                            }
                        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
        left = Long.parseLong(line.toString(US_ASCII));
        write(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        write(context);
    }

    /** As much as the channel takes; the rest when it takes more. */
    private void write(ChannelHandlerContext context) {
        if (left == 0) {
            return;
        }
        while (left > 0 && context.channel().isWritable()) {
            ByteBuf piece = StreamPattern.piece(left);
            left -= piece.readableBytes();
            if (left > 0) {
                var _ = context.write(piece, context.voidPromise());
            } else {
                var _ = context.write(piece).addListener(ChannelFutureListener.CLOSE);
            }
        }
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    private NettyStream() {}
}
