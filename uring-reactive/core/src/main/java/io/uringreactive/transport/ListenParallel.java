// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import io.uringreactive.Connection;
import io.uringreactive.Listener;
import java.util.function.IntSupplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.ParallelFlux;

/** Binds at subscription, and gives each loop's connections to its own rail. */
public final class ListenParallel extends ParallelFlux<Connection> {
    private final Mono<Listener> listen;
    private final IntSupplier loops;

    /**
     * @param listen binds, for each subscriber anew
     * @param loops how many there are; 1, to carry the error, where there are none to be had
     */
    public ListenParallel(Mono<Listener> listen, IntSupplier loops) {
        this.listen = listen;
        this.loops = loops;
    }

    @Override
    public int parallelism() {
        return loops.getAsInt();
    }

    @Override
    public void subscribe(CoreSubscriber<? super Connection>[] subscribers) {
        if (validate(subscribers)) {
            listen.subscribe(
                    listener -> listener.connectionsByRing().subscribe(subscribers),
                    error -> fail(subscribers, error));
        }
    }

    static void fail(CoreSubscriber<?>[] subscribers, Throwable error) {
        for (CoreSubscriber<?> subscriber : subscribers) {
            Operators.error(subscriber, error);
        }
    }

    @Override
    public String toString() {
        return "acceptParallel by " + listen;
    }
}
