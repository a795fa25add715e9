// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@link io.uringreactive.Connection#send}: each subscription sends what the publisher emits to it.
 */
final class SendMono extends Mono<Void> implements LoopScannable {
    private final LoopConnection connection;
    private final Publisher<? extends ByteBuf> data;

    SendMono(LoopConnection connection, Publisher<? extends ByteBuf> data) {
        this.connection = connection;
        this.data = data;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        SendSubscriber send = new SendSubscriber(connection, actual);
        actual.onSubscribe(send);
        connection.loop().run(() -> start(send));
    }

    @Override
    public Scheduler signalsOn() {
        return connection.scheduler();
    }

    @Override
    public @Nullable Object scanState(Attr<?> key) {
        if (key.equals(Attr.PARENT)) {
            return data;
        }
        return key.equals(Attr.PREFETCH) ? SendSubscriber.REQUEST_AT_FIRST : null;
    }

    private void start(SendSubscriber send) {
        connection.claim();
        if (send.isEnded()) {
            // Cancelled before it began: nobody would take it off the sender's list again.
            return;
        }
        Throwable refusal = connection.sending().refusal();
        if (refusal != null) {
            send.fail(refusal);
        } else {
            connection.sending().add(send);
            try {
                ThreadLocals.restoredFor(data).subscribe(send);
            } catch (Throwable e) {
                if (send.isEnded()) {
                    throw e; // the subscriber's own, told of the end from within
                }
                send.breakOff(e);
            }
        }
    }

    @Override
    public String toString() {
        return "send on " + connection;
    }
}
