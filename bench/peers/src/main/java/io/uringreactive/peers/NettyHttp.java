// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.peers;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Plain text on plain Netty, without a framework. Usage: NettyHttp PORT TRANSPORT */
final class NettyHttp extends SimpleChannelInboundHandler<HttpObject> {
    private static final ByteBuf BODY =
            Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer().writeBytes("Hello, World!".getBytes(US_ASCII)));

    public static void main(String[] args) throws InterruptedException {
        NettyTransport.valueOf(args[1])
                .serve(
                        Integer.parseInt(args[0]),
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                channel.pipeline().addLast(new HttpServerCodec(), new NettyHttp());
                            }
                        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpRequest request) {
            HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
            headers.set(CONTENT_TYPE, "text/plain").set(CONTENT_LENGTH, BODY.readableBytes());
            DefaultFullHttpResponse response =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.OK,
                            BODY.duplicate(),
                            headers,
                            DefaultHttpHeadersFactory.trailersFactory().newEmptyHeaders());
            if (HttpUtil.isKeepAlive(request)) {
                var _ = context.write(response, context.voidPromise());
            } else {
                headers.set(CONNECTION, CLOSE);
                var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    /** Replies to requests that came together leave together. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    private NettyHttp() {}
}
