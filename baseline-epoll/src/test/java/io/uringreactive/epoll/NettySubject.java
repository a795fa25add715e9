// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ConnectionOptions;
import io.uringreactive.Transport;
import io.uringreactive.test.contract.Subject;

/** Two event loops under the contract. */
final class NettySubject implements Subject {
    private final NettyTransport transport;

    NettySubject(NettyProvider provider) {
        transport = (NettyTransport) provider.open(2);
    }

    @Override
    public Transport transport() {
        return transport;
    }

    /** One read, and one more that Netty does unasked. */
    @Override
    public long heldBytesMax(ConnectionOptions options) {
        return 2L * Math.min(options.windowBytes(), NettyConnection.READ_BYTES_MAX);
    }

    @Override
    public boolean boundsUnsentBytes() {
        return transport.sockets().unsentBytesMax() != null;
    }

    @Override
    public void expectNothingLeft() {
        for (NettyLoop loop : transport.loops()) {
            assertTrue(
                    within(Wired.LIMIT, () -> loop.connections().get() == 0),
                    () -> loop + " has connections");
            assertEquals(0, loop.connections().get());
        }
    }

    @Override
    public void close() {
        transport.disposeGracefully().block(Wired.LIMIT);
    }
}
