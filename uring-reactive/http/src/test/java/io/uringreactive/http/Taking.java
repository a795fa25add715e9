// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Takes a body's buffers as the test demands them. */
final class Taking extends BaseSubscriber<ByteBuf> {
    private final AtomicReference<Subscription> demand;
    private final List<String> seen;

    Taking(AtomicReference<Subscription> demand, List<String> seen) {
        this.demand = demand;
        this.seen = seen;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        demand.set(subscription);
    }

    @Override
    protected void hookOnNext(ByteBuf piece) {
        seen.add(piece.toString(UTF_8));
        piece.release();
    }

    @Override
    protected void hookOnError(Throwable error) {
        seen.add("failed: " + error.getClass().getSimpleName());
    }
}
