// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.netty.buffer.ByteBuf;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** {@link io.uringreactive.Connection#receive}. */
final class ReceiveFlux extends Flux<ByteBuf> implements LoopScannable {
    private final LoopConnection connection;

    ReceiveFlux(LoopConnection connection) {
        this.connection = connection;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
        connection.loop().run(() -> start(actual));
    }

    private void start(CoreSubscriber<? super ByteBuf> actual) {
        connection.claim();
        connection.receiving().subscribe(actual);
    }

    @Override
    public String toString() {
        return "receive of " + connection;
    }

    @Override
    public Scheduler signalsOn() {
        return connection.scheduler();
    }
}
