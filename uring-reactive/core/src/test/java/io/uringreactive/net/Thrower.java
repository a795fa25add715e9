// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Breaks rule 2.13: it throws from onNext. */
final class Thrower implements CoreSubscriber<ByteBuf> {
    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuf buffer) {
        buffer.release();
        throw new IllegalStateException("thrown by a test's subscriber");
    }

    @Override
    public void onError(Throwable error) {
        throw new AssertionError("a cancelled subscriber is told nothing", error);
    }

    @Override
    public void onComplete() {
        throw new AssertionError("a cancelled subscriber is told nothing");
    }
}
