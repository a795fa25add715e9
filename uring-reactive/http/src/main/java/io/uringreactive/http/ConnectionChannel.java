// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.uringreactive.Connection;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Connection} as a Netty channel, so that Netty's codecs run on it. Netty's read() is one
 * unit of demand on {@link Connection#receive()}; what is flushed goes into one send that lives as
 * long as the channel, and the connection puts everything of a turn into one system call.
 *
 * <p>A write's promise succeeds when the connection has taken its bytes. The connection is given 64
 * KiB and a buffer at most beyond what the kernel has, so that writability tells of the client. A
 * close lets the connection finish what it has taken.
 *
 * <p>Confined to the connection's thread, on which it is made.
 */
final class ConnectionChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final Connection connection;
    private final ConnectionLoop loop;
    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final ChannelInput input = new ChannelInput(this);
    private final ChannelOutput output = new ChannelOutput(this);
    private final Runnable onClosed;
    private final Pace outputPace;
    private @Nullable StrictHandler first;

    /** Whether something may wait in Netty's queue, which is not looked at for nothing. */
    private boolean queues;

    private volatile boolean open = true;

    /**
     * {@code onClosed} is run when nothing more comes of the channel. A client that takes what is
     * ready more slowly than {@code options} demand is reset.
     */
    ConnectionChannel(Connection connection, HttpOptions options, Runnable onClosed) {
        super(null);
        this.connection = connection;
        this.loop = ConnectionLoop.of(connection.scheduler());
        this.outputPace =
                new Pace(
                        connection.scheduler(),
                        options.writeTimeout(),
                        options,
                        connection::sentBytes,
                        this::abort);
        this.onClosed = onClosed;
        config.setAutoRead(false);
    }

    Connection connection() {
        return connection;
    }

    ConnectionLoop loop() {
        return loop;
    }

    /** {@code handler}, the pipeline's first, is given what comes without the way through it. */
    void receiveTo(StrictHandler handler) {
        first = handler;
    }

    void onReceived(ByteBuf buffer) {
        StrictHandler handler = first;
        if (handler == null) {
            buffer.release();
            return;
        }
        try {
            handler.onReceived(buffer);
        } catch (Throwable e) {
            pipeline().fireExceptionCaught(e);
        }
    }

    /** Drops what is queued and resets the client. */
    void abort() {
        connection.dispose();
        unsafe().close(voidPromise());
    }

    /** The connection takes more. */
    void onOutputDemand() {
        ChannelOutboundBuffer waiting = unsafe().outboundBuffer();
        if (waiting == null || waiting.isEmpty()) {
            outputPace.reset();
        } else {
            ((ConnectionUnsafe) unsafe()).flush0();
        }
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new ConnectionUnsafe();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop.equals(this.loop);
    }

    /** Sends {@code bytes} past the pipeline, behind what waits to be sent. Takes them over. */
    void send(ByteBuf bytes) {
        if (queues || !output.takes()) {
            unsafe().write(bytes, voidPromise());
            unsafe().flush();
            return;
        }
        output.send(bytes);
        if (output.isFull()) {
            outputPace.await();
        }
    }

    /** Begins to receive and send, once the pipeline is ready for what comes of it. */
    void start() {
        if (open) {
            output.subscribe(connection);
        }
        if (open) {
            input.subscribe(connection.receive());
        }
    }

    @Override
    protected void doRegister(ChannelPromise promise) {
        promise.setSuccess();
    }

    @Override
    protected void doBeginRead() {
        receiveMore();
    }

    /** Netty's read(), without the way through the pipeline. */
    void receiveMore() {
        input.read();
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            queues = true;
            return message;
        }
        throw new UnsupportedOperationException("only buffers are sent: " + message.getClass());
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer buffer) {
        Object message = buffer.current();
        while (message != null && output.takes()) {
            ByteBuf bytes = (ByteBuf) ReferenceCountUtil.retain(message);
            if (bytes.isReadable()) {
                // Before the promise, whose listeners may close.
                output.send(bytes);
            } else {
                bytes.release();
            }
            buffer.remove();
            message = buffer.current();
        }
        queues = buffer.totalPendingWriteBytes() > 0;
        if (message == null && !output.isFull()) {
            outputPace.reset();
        } else {
            outputPace.await();
        }
    }

    @Override
    protected void doClose() {
        open = false;
        outputPace.end();
        input.cancel();
        output.complete();
        onClosed.run();
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a connection is bound");
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return connection.localAddress();
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return connection.remoteAddress();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isWritable() {
        return queues ? super.isWritable() : open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    private final class ConnectionUnsafe extends AbstractUnsafe {
        @Override
        public void connect(
                SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            Objects.requireNonNull(promise)
                    .setFailure(new UnsupportedOperationException("a connection is connected"));
        }

        // Widened: demand comes from outside.
        @Override
        protected void flush0() {
            super.flush0();
        }
    }
}
