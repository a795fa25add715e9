// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.ConnectionOptions;
import io.uringreactive.loop.InFlight;
import io.uringreactive.loop.Operations;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.op.Close;
import io.uringreactive.op.DirectDescriptors;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.abi.SocketOption;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.transport.LoopConnection;
import io.uringreactive.transport.Origin;
import io.uringreactive.transport.Receiving;
import io.uringreactive.transport.Sending;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * A connection on io_uring: a descriptor, a {@link Receiver}, a {@link Sender} and a close. The
 * descriptor is closed only after the last terminal CQE of the connection, since a close does not
 * cancel what is in flight.
 */
final class UringConnection extends LoopConnection {
    private final UringScheduler ring;
    private final int fd;
    private final int slot;
    private final Origin origin;
    private final Receiver receiver;
    private final Sender sender;
    private final Addresses addresses;

    UringConnection(UringScheduler ring, int fd, Origin origin, ConnectionOptions options) {
        super(ring.loop(), options);
        this.ring = ring;
        this.fd = fd;
        this.origin = origin;
        this.addresses = new Addresses(ring.loop().kernel().sockets(), fd);
        this.receiver = new Receiver(this, ring.buffers(), options.windowBytes());
        this.sender = new Sender(this, options.zeroCopyBytesMin());
        // Last, so that nothing fails behind it. A ring that has stopped has no table any more.
        boolean stopped = ring.loop().isStopped();
        this.slot = stopped ? DirectDescriptors.NONE : ring.descriptors().claim(fd);
        begin();
    }

    Operations operations() {
        return ring.loop().operations();
    }

    int fd() {
        return fd;
    }

    /** Makes {@code sqe} name the connection by its direct descriptor, where it has one. */
    void name(Sqe sqe) {
        DirectDescriptors.name(sqe, slot);
    }

    UringScheduler ring() {
        return ring;
    }

    @Override
    protected Receiving receiving() {
        return receiver.receiving();
    }

    @Override
    protected Sending sending() {
        return sender.sending();
    }

    /** It takes effect at once, also for a send that waits (tcp.c: sk_write_space). */
    @Override
    protected void liftUnsentBytesMax() {
        int result = ring.loop().kernel().sockets().set(fd, SocketOption.TCP_NOTSENT_LOWAT, 0);
        assert result == 0 : "TCP_NOTSENT_LOWAT: " + result;
    }

    /** An error (ENOTCONN) says that the peer is gone. */
    @Override
    protected void shutdownSocket() {
        ring.loop().kernel().sockets().shutdownOutput(fd);
    }

    @Override
    protected boolean hasInFlight() {
        return (receiver.isInFlight() || sender.isInFlight()) && !ring.loop().isStopped();
    }

    @Override
    protected void closeSocket(boolean reset) {
        RingLoop loop = ring.loop();
        // From here on the descriptor's number may be somebody else's.
        addresses.seal();
        if (reset) {
            int result = loop.kernel().sockets().resetOnClose(fd);
            assert result == 0 : "SO_LINGER: " + result;
        }
        if (loop.isStopped()) {
            // The ring was given up: there is no operation any more, and no CQE to wait for.
            loop.kernel().sockets().close(fd);
            onClosed();
        } else {
            if (slot != DirectDescriptors.NONE) {
                Close.prepareDirect(loop.operations().beginUnwatched(), slot);
            }
            Close.prepare(loop.operations().begin(new Closing()), fd);
        }
    }

    @Override
    protected void onClosed() {
        ring.countConnection(-1);
        super.onClosed();
    }

    /** The peer's address if anybody has asked for it. */
    @Override
    public @Nullable InetSocketAddress knownRemote() {
        return addresses.knownRemote();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return addresses.remote();
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return addresses.local();
    }

    @Override
    public Scheduler scheduler() {
        return ring;
    }

    /** From any thread; asks for the addresses, once, as long as there is somebody to ask. */
    @Override
    public String toString() {
        return "UringConnection[fd %d, %s, ring %s, %s]"
                .formatted(fd, origin.text(addresses.local(), addresses.remote()), ring, state());
    }

    private final class Closing extends InFlight {
        @Override
        protected void onCompletion(int result, int cqeFlags) {
            // close(2) gives the descriptor back whatever it returns; the slot's came before it.
            if (slot != DirectDescriptors.NONE) {
                ring.descriptors().release(slot);
            }
            onClosed();
        }

        @Override
        protected void onCancelled() {
            throw new IllegalStateException("a close is never cancelled");
        }

        /** Not closed once more: it may be closed, and its number a stranger's. */
        @Override
        protected void onRingLost(Throwable reason) {
            onClosed();
        }
    }
}
