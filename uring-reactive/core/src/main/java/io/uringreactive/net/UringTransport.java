// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.Availability;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.Transport;
import io.uringreactive.UringNet;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.transport.Connector;
import io.uringreactive.transport.ListenParallel;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;

/** io_uring, on the rings that the options name or on the shared ones. */
public final class UringTransport implements Transport {
    private static final int PREFERENCE = 100;

    @Override
    public String name() {
        return "uring";
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    public Availability availability() {
        Availability kernel = UringNet.availability();
        return kernel.isAvailable() ? withRings(kernel) : kernel;
    }

    private static Availability withRings(Availability kernel) {
        try {
            RingGroup.shared();
            return kernel;
        } catch (RingUnavailable e) {
            return Availability.because(e);
        }
    }

    @Override
    public Mono<Listener> listen(ListenOptions options) {
        // Cancelled while it binds, the listener reaches nobody.
        return Mono.fromCallable(() -> UringListener.open(options))
                .doOnDiscard(Listener.class, Listener::dispose);
    }

    @Override
    public ParallelFlux<Connection> acceptParallel(ListenOptions options) {
        return new ListenParallel(listen(options), () -> rings(options));
    }

    private static int rings(ListenOptions options) {
        try {
            return options.groupOrShared().rings().size();
        } catch (RingUnavailable e) {
            return 1;
        }
    }

    @Override
    public Mono<Connection> connect(ConnectOptions options) {
        return Connector.connect(options, () -> dialer(options));
    }

    private static RingDialer dialer(ConnectOptions options) {
        return new RingDialer(UringScheduler.of(options.groupOrShared().next()), options);
    }

    @Override
    public String toString() {
        return name();
    }
}
