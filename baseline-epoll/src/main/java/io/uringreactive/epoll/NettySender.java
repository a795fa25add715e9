// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.transport.SendQueue;
import io.uringreactive.transport.Sending;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * Sends for {@link Sending}: writes a batch and flushes it, which Netty gathers into system calls.
 * Netty has a reference of its own to each buffer. Confined to the loop.
 */
final class NettySender implements Sending.Sink {
    /** Of a larger buffer Netty is to tell about parts, too. */
    private static final int PROGRESS_BYTES = 64 * 1024;

    private final NettyConnection connection;
    private final SocketChannel channel;
    private final Sending sending;
    private boolean inFlight;

    /** Nothing more is sent: what Netty tells of the last batch concerns nobody. */
    private boolean cancelled;

    NettySender(NettyConnection connection, SocketChannel channel) {
        this.connection = connection;
        this.channel = channel;
        this.sending = new Sending(connection, this);
    }

    Sending sending() {
        return sending;
    }

    /** Netty itself copies what is on the heap. */
    @Override
    public ByteBuf sendable(ByteBuf buffer) {
        return buffer;
    }

    @Override
    public void submit(SendQueue queue, int count) {
        inFlight = true;
        for (int i = 0; i < count && !cancelled; i++) {
            ByteBuf piece = queue.buffer(i);
            Written written = new Written(piece.readableBytes(), i == count - 1);
            channel.write(piece.retain(), promise(written)).addListener(written);
        }
        channel.flush();
    }

    private ChannelPromise promise(Written written) {
        return written.bytes > PROGRESS_BYTES
                ? channel.newProgressivePromise().addListener(new Progress(written))
                : channel.newPromise();
    }

    @Override
    public boolean isInFlight() {
        return inFlight;
    }

    @Override
    public void cancel() {
        cancelled = true;
        inFlight = false;
    }

    private void onFailed(Throwable cause) {
        IOException earlier = connection.receiveFailure();
        Throwable why =
                earlier != null && cause instanceof ClosedChannelException ? earlier : cause;
        connection.abort(Failures.of(Family.TRANSFER, "send", why, connection.knownRemote()));
    }

    /** One buffer of a batch, when it is with the kernel or never will be. */
    private final class Written implements ChannelFutureListener {
        private final int bytes;
        private final boolean last;
        private long told;

        Written(int bytes, boolean last) {
            this.bytes = bytes;
            this.last = last;
        }

        void onProgress(long progress) {
            sending.onProgress(progress - told);
            told = progress;
        }

        @Override
        public void operationComplete(ChannelFuture future) {
            if (cancelled) {
                return;
            }
            Throwable failure = future.cause();
            if (failure != null) {
                onFailed(failure);
                return;
            }
            onProgress(bytes);
            sending.onFirstSent(bytes);
            if (last && !cancelled) {
                inFlight = false;
                sending.onBatchEnd();
            }
        }
    }

    /** What Netty tells of a buffer before it has gone whole: how much has, from its beginning. */
    private record Progress(Written written) implements ChannelProgressiveFutureListener {
        @Override
        public void operationProgressed(
                ChannelProgressiveFuture future, long progress, long total) {
            written.onProgress(progress);
        }

        @Override
        public void operationComplete(ChannelProgressiveFuture future) {
            // The other listener's.
        }
    }
}
