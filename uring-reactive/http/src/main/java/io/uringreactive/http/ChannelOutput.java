// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * What a {@link ConnectionChannel} sends: the publisher of one send that lives as long as the
 * channel. One for all, because one for each flush would cost a subscription for each response.
 *
 * <p>The demand of that send is buffers, of any size. So that a client that is slow does not make
 * this side hold many large ones, the buffer with which {@link #UNSENT_BYTES_MAX} are reached is a
 * send of its own, and nothing follows until it has ended: everything is with the kernel then.
 *
 * <p>Confined to the connection's thread but for {@link #request}.
 */
final class ChannelOutput implements Publisher<ByteBuf>, Subscription {
    private static final int UNSENT_BYTES_MAX = 64 * 1024;

    private final ConnectionChannel channel;
    private @Nullable Subscriber<? super ByteBuf> subscriber;
    private long demand;
    private boolean ended;

    /** Bytes that the connection took since the kernel was known to have all. */
    private int taken;

    private boolean full;

    ChannelOutput(ConnectionChannel channel) {
        this.channel = channel;
    }

    void subscribe(Connection connection) {
        connection.send(this).subscribe(new Outcome());
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuf> s) {
        subscriber = s;
        s.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        channel.loop().run(() -> more(n));
    }

    private void more(long n) {
        boolean stalled = demand == 0;
        demand = Operators.addCap(demand, n);
        if (stalled && channel.isOpen()) {
            channel.onOutputDemand();
        }
    }

    boolean takes() {
        return demand > 0 && !full && !ended && subscriber != null;
    }

    /** Whether the kernel has to take everything before more is taken here. */
    boolean isFull() {
        return full;
    }

    /** Takes over {@code bytes}. */
    void send(ByteBuf bytes) {
        Subscriber<? super ByteBuf> s = subscriber;
        if (s == null) {
            bytes.release();
            return;
        }
        taken += bytes.readableBytes();
        if (taken < UNSENT_BYTES_MAX) {
            demand--;
            s.onNext(bytes);
        } else {
            full = true;
            Last last = new Last(bytes);
            channel.connection().send(Mono.fromSupplier(last::take)).subscribe(last);
        }
    }

    /** Ends the send behind what it has taken. */
    void complete() {
        Subscriber<? super ByteBuf> s = subscriber;
        if (!ended && s != null) {
            ended = true;
            s.onComplete();
        }
    }

    @Override
    public void cancel() {
        ended = true;
    }

    /** How the send ends: by a failure of the connection, or because we completed it. */
    private class Outcome implements CoreSubscriber<Void> {
        @Override
        public void onSubscribe(Subscription s) {
            s.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Void nothing) {
            // A send emits nothing.
        }

        @Override
        public void onError(Throwable error) {
            ended = true;
            if (channel.isOpen()) {
                channel.pipeline().fireExceptionCaught(error);
            }
        }

        @Override
        public void onComplete() {
            // The channel is closed: whoever serves the connection goes on to close that.
        }
    }

    /** The send of one buffer, behind which nothing is taken before it has ended. */
    private final class Last extends Outcome {
        private @Nullable ByteBuf bytes;

        Last(ByteBuf bytes) {
            this.bytes = bytes;
        }

        ByteBuf take() {
            ByteBuf its = Objects.requireNonNull(bytes);
            bytes = null;
            return its;
        }

        @Override
        public void onError(Throwable error) {
            ByteBuf refused = bytes;
            if (refused != null) {
                bytes = null;
                refused.release();
            }
            super.onError(error);
        }

        @Override
        public void onComplete() {
            full = false;
            taken = 0;
            if (channel.isOpen()) {
                channel.onOutputDemand();
            }
        }
    }
}
