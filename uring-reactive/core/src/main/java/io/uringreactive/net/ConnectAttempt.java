// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.ConnectOptions;
import io.uringreactive.TransportErrors;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.loop.InFlight;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.op.Close;
import io.uringreactive.op.Connect;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.ring.Sockets;
import io.uringreactive.transport.Connector;
import io.uringreactive.transport.Dialer;
import io.uringreactive.transport.Origin;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;

/**
 * A socket and the CONNECT on it, to one address. The socket belongs to the attempt until it is
 * handed over; whatever else happens, it is closed after the operation's terminal CQE. Confined to
 * the loop.
 */
final class ConnectAttempt extends InFlight implements Dialer.Attempt {
    private final Connector connector;
    private final UringScheduler ring;
    private final RingLoop loop;
    private final ConnectOptions options;
    private final InetSocketAddress address;
    private final Arena memory = Arena.ofAuto();
    private int fd = -1;

    ConnectAttempt(
            Connector connector,
            UringScheduler ring,
            ConnectOptions options,
            InetSocketAddress address) {
        this.connector = connector;
        this.ring = ring;
        this.loop = ring.loop();
        this.options = options;
        this.address = address;
    }

    @Override
    public void start() {
        Sockets sockets = loop.kernel().sockets();
        fd = sockets.stream(SockAddr.family(address));
        if (fd < 0) {
            fail("socket", fd);
            return;
        }
        for (var change : options.socket().changes().entrySet()) {
            int result = sockets.set(fd, change.getKey(), change.getValue());
            if (result < 0) {
                closeSocket();
                fail(change.getKey().name(), result);
                return;
            }
        }
        try {
            Connect.prepare(loop.operations().begin(this), fd, address, memory);
        } catch (RuntimeException e) {
            sockets.close(fd);
            connector.onFailed(this, e);
        }
    }

    /** The socket goes after the terminal CQE, whatever that says. */
    @Override
    public void giveUp() {
        loop.operations().cancel(this);
    }

    @Override
    protected void onCompletion(int result, int cqeFlags) {
        if (result < 0) {
            closeSocket();
            fail("connect", result);
        } else {
            ring.countConnection(1);
            connector.onConnected(
                    this, new UringConnection(ring, fd, Origin.CONNECTED, options.connection()));
        }
    }

    @Override
    protected void onCancelled() {
        closeSocket();
    }

    @Override
    protected void onRingLost(Throwable reason) {
        // The connector is told by the loop's stop; the kernel's own reference to the socket went
        // with the ring.
        loop.kernel().sockets().close(fd);
    }

    private void closeSocket() {
        Close.prepare(loop.operations().beginUnwatched(), fd);
    }

    private void fail(String operation, int result) {
        connector.onFailed(this, TransportErrors.of(Family.CONNECT, operation, result, address));
    }
}
