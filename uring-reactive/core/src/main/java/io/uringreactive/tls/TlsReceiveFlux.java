// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import io.netty.buffer.ByteBuf;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** {@link TlsConnection#receive}. */
final class TlsReceiveFlux extends Flux<ByteBuf> {
    private final OnRing ring;
    private final Delivery delivery;

    TlsReceiveFlux(OnRing ring, Delivery delivery) {
        this.ring = ring;
        this.delivery = delivery;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
        ring.run(() -> delivery.subscribe(actual));
    }
}
