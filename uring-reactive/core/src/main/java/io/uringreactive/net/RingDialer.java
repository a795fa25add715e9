// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.ConnectOptions;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.transport.Connector;
import io.uringreactive.transport.Dialer;
import io.uringreactive.transport.Loop;
import java.net.InetSocketAddress;

/** Connects on one ring. */
public record RingDialer(UringScheduler ring, ConnectOptions options) implements Dialer {
    @Override
    public Loop loop() {
        return ring.loop();
    }

    @Override
    public Attempt attempt(Connector connector, InetSocketAddress address) {
        return new ConnectAttempt(connector, ring, options, address);
    }
}
