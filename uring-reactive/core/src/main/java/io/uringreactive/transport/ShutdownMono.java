// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@link io.uringreactive.Connection#shutdownOutput}. Subscribes to the end on the loop: elsewhere
 * the loop might be the first, and the subscriber would be signalled on its own thread.
 */
final class ShutdownMono extends Mono<Void> implements LoopScannable {
    private final LoopConnection connection;
    private final Mono<Void> ended;

    ShutdownMono(LoopConnection connection, Mono<Void> ended) {
        this.connection = connection;
        this.ended = ended;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        connection
                .loop()
                .run(
                        () -> {
                            connection.endOutput();
                            ended.subscribe(actual);
                        });
    }

    @Override
    public Scheduler signalsOn() {
        return connection.scheduler();
    }

    @Override
    public String toString() {
        return "end of the output of " + connection;
    }
}
