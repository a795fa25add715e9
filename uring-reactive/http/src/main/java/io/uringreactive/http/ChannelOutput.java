// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * What a {@link ConnectionChannel} sends: the publisher of one send that lives as long as the
 * channel. One for all, because several sends would interleave, and one for each flush would cost a
 * subscription for each response. Confined to the connection's thread but for {@link #request}.
 */
final class ChannelOutput implements Publisher<ByteBuf>, Subscription {
    private final ConnectionChannel channel;
    private @Nullable Subscriber<? super ByteBuf> subscriber;
    private long demand;
    private boolean ended;

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
        return demand > 0 && !ended && subscriber != null;
    }

    /** Takes over {@code bytes}. */
    void send(ByteBuf bytes) {
        Subscriber<? super ByteBuf> s = subscriber;
        if (s == null) {
            bytes.release();
        } else {
            demand--;
            s.onNext(bytes);
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
    private final class Outcome implements CoreSubscriber<Void> {
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
}
