// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** {@link TlsConnection#send}: each subscription sends what the publisher emits to it. */
final class TlsSendMono extends Mono<Void> {
    private final Outbound outbound;
    private final Publisher<? extends ByteBuf> data;

    TlsSendMono(Outbound outbound, Publisher<? extends ByteBuf> data) {
        this.outbound = outbound;
        this.data = data;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        TlsSend send = new TlsSend(outbound, actual);
        actual.onSubscribe(send);
        outbound.ring().run(() -> start(send));
    }

    private void start(TlsSend send) {
        if (send.isEnded()) {
            // Cancelled before it began: nobody would take it off the list again.
            return;
        }
        Throwable refusal = outbound.refusal();
        if (refusal != null) {
            send.fail(refusal);
        } else {
            outbound.add(send);
            data.subscribe(send);
        }
    }
}
