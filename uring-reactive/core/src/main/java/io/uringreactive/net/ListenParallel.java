// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.TransportException;
import io.uringreactive.sys.ring.RingUnavailable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.ParallelFlux;

/** Binds at subscription, and gives each ring's connections to its own rail. */
public final class ListenParallel extends ParallelFlux<Connection> {
    private final ListenOptions options;

    public ListenParallel(ListenOptions options) {
        this.options = options;
    }

    /** The rings of the group; 1, to carry the error, where there are none to be had. */
    @Override
    public int parallelism() {
        try {
            return options.groupOrShared().rings().size();
        } catch (RingUnavailable e) {
            return 1;
        }
    }

    @Override
    public void subscribe(CoreSubscriber<? super Connection>[] subscribers) {
        if (!validate(subscribers)) {
            return;
        }
        Listener listener;
        try {
            listener = UringListener.open(options);
        } catch (TransportException | RuntimeException e) {
            AcceptParallel.fail(subscribers, e);
            return;
        }
        listener.connectionsByRing().subscribe(subscribers);
    }

    @Override
    public String toString() {
        return "acceptParallel on " + options.address();
    }
}
