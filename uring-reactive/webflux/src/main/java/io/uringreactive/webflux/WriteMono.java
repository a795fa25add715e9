// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.netty.buffer.ByteBuf;
import io.uringreactive.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.PooledDataBuffer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * The write of one buffer, which belongs to uring-http from the moment on that it is taken. Spring
 * does not see that: when the write fails, it releases the buffer as well, which may still be on
 * its way to the kernel then. So it is given a reference to release.
 */
final class WriteMono extends Mono<Void> {
    private final HttpResponse response;
    private final Mono<? extends DataBuffer> body;

    WriteMono(HttpResponse response, Mono<? extends DataBuffer> body) {
        this.response = response;
        this.body = body;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        Writing writing = new Writing(actual);
        response.send(body.map(writing::take)).subscribe(writing);
    }

    private static final class Writing implements CoreSubscriber<Void> {
        private final CoreSubscriber<? super Void> actual;
        private volatile @Nullable DataBuffer taken;

        Writing(CoreSubscriber<? super Void> actual) {
            this.actual = actual;
        }

        ByteBuf take(DataBuffer buffer) {
            taken = buffer;
            return Outgoing.byteBuf(buffer);
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription s) {
            actual.onSubscribe(s);
        }

        @Override
        public void onNext(Void nothing) {
            // A send emits nothing.
        }

        @Override
        public void onError(Throwable error) {
            if (taken instanceof PooledDataBuffer pooled && pooled.isAllocated()) {
                pooled.retain();
            }
            actual.onError(error);
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }
    }
}
