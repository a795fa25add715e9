// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * What a {@link ConnectionChannel} receives: one buffer for each read, and none without. Confined
 * to the connection's thread.
 */
final class ChannelInput implements CoreSubscriber<ByteBuf> {
    /** The user event that tells a pipeline of the client's FIN. */
    static final Object ENDED = new Object();

    private final ConnectionChannel channel;
    private @Nullable Subscription subscription;
    private boolean reading;
    private boolean ended;

    ChannelInput(ConnectionChannel channel) {
        this.channel = channel;
    }

    void subscribe(Flux<ByteBuf> receive) {
        receive.subscribe(this);
    }

    @Override
    public void onSubscribe(Subscription s) {
        subscription = s;
        if (ended) {
            s.cancel();
        } else if (reading) {
            s.request(1);
        }
    }

    void read() {
        Subscription s = subscription;
        if (!reading && !ended) {
            reading = true;
            if (s != null) {
                s.request(1);
            }
        }
    }

    @Override
    public void onNext(ByteBuf buffer) {
        reading = false;
        if (ended) {
            buffer.release();
            return;
        }
        channel.onReceived(buffer);
    }

    @Override
    public void onError(Throwable error) {
        if (!ended) {
            ended = true;
            channel.pipeline().fireExceptionCaught(error);
        }
    }

    @Override
    public void onComplete() {
        if (!ended) {
            ended = true;
            channel.pipeline().fireUserEventTriggered(ENDED);
        }
    }

    void cancel() {
        Subscription s = subscription;
        if (!ended) {
            ended = true;
            if (s != null) {
                s.cancel();
            }
        }
    }
}
