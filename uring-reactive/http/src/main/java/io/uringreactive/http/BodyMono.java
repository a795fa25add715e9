// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** One send of a response, which begins when it is subscribed. */
final class BodyMono extends Mono<Void> {
    private final ServerResponse response;
    private final Publisher<? extends ByteBuf> data;
    private final BodyWriter.Mode mode;
    private final @Nullable CharSequence contentType;

    /** {@code contentType} is set unless another one is. */
    BodyMono(
            ServerResponse response,
            Publisher<? extends ByteBuf> data,
            BodyWriter.Mode mode,
            @Nullable CharSequence contentType) {
        this.response = response;
        this.data = data;
        this.mode = mode;
        this.contentType = contentType;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        if (contentType != null) {
            response.setDefaultType(contentType);
        }
        Mono<Void> before = response.takeActions();
        if (before != null) {
            before.then(this).subscribe(actual);
            return;
        }
        BodyWriter writer = new BodyWriter(response, mode, actual);
        actual.onSubscribe(writer);
        if (!response.exchange().loop().run(() -> writer.start(data))) {
            actual.onError(AbortedException.stopped());
        }
    }
}
