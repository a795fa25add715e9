// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.transport.Receiving;
import io.uringreactive.transport.Signals;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Receives for {@link Receiving}: stands before reactor-netty's own handler and keeps from it what
 * arrives. While a bounded demand is not met it reads one buffer at a time; an unbounded one is
 * Netty's autoRead. Where the peer's end shows by reading only, one buffer is read ahead. Confined
 * to the loop.
 *
 * <p>Netty reads one buffer unasked when it learns of the peer's FIN, so that one may wait here.
 */
final class NettyReceiver extends ChannelInboundHandlerAdapter implements Receiving.Source {
    private final NettyConnection connection;
    private final SocketChannel channel;
    private final Receiving receiving;
    private final boolean endIsTold;

    /** One read was asked for and has not come to its end. */
    private boolean reading;

    /** What a read met. */
    private @Nullable IOException failure;

    /**
     * @param endIsTold whether the peer's end is learned of without reading
     */
    NettyReceiver(
            NettyConnection connection, SocketChannel channel, int bufferBytes, boolean endIsTold) {
        this.connection = connection;
        this.channel = channel;
        this.endIsTold = endIsTold;
        this.receiving = new Receiving(connection, this, bufferBytes);
    }

    Receiving receiving() {
        return receiving;
    }

    /** What ended the stream when it was not the peer's FIN. */
    @Nullable IOException failure() {
        return failure;
    }

    @Override
    public void arm() {
        if (!receiving.isAwaited() && !readsAhead()) {
            return;
        }
        if (receiving.isUnbounded()) {
            channel.config().setAutoRead(true);
        } else if (!reading) {
            reading = true;
            channel.read();
        }
    }

    /** One buffer, where nothing else would tell of a FIN to a subscriber without demand. */
    private boolean readsAhead() {
        return !endIsTold && receiving.isWanted() && receiving.queuedBytes() == 0;
    }

    @Override
    public void disarm() {
        reading = false;
        channel.config().setAutoRead(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        if (receiving.isOpen()) {
            receiving.add(buffer);
        } else {
            int bytes = buffer.readableBytes();
            buffer.release();
            receiving.onDiscarded(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        receiving.emit();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end(null);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException e) {
            failure = e;
            end(Failures.of(Family.TRANSFER, "receive", e, connection.knownRemote()));
            return;
        }
        Signals.uncaught(cause);
        if (cause instanceof Error) {
            // No memory for a buffer: the stream has a gap here, nothing after it may be delivered.
            connection.abort(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(connection.closedError("receive"));
        context.fireChannelInactive();
    }

    private void end(@Nullable Throwable error) {
        if (!receiving.isEnded()) {
            receiving.onEnd(error);
            receiving.emit();
        }
    }
}
