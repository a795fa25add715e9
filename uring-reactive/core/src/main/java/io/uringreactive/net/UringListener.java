// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Placement;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.TransportException;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.ring.Sockets;
import io.uringreactive.transport.Gate;
import io.uringreactive.transport.LoopListener;
import io.uringreactive.transport.Origin;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Exceptions;

/** A bound port: one {@link Acceptor} per ring. */
public final class UringListener extends LoopListener {
    private final InetSocketAddress address;
    private final List<Acceptor> acceptors = new ArrayList<>();

    /** Acceptors that are open, and accepted connections on their way to another ring. */
    private final AtomicInteger open;

    private final Runnable stopHook = this::dispose;

    private UringListener(RingGroup group, ListenSockets sockets, ListenOptions options) {
        super(options.address(sockets.address()));
        this.address = sockets.address();
        List<RingScheduler> rings = group.rings();
        this.open = new AtomicInteger(rings.size());
        for (int i = 0; i < rings.size(); i++) {
            UringScheduler ring = UringScheduler.of(rings.get(i));
            acceptors.add(new Acceptor(this, ring, sockets.fds().get(i), options()));
        }
        for (Acceptor acceptor : acceptors) {
            acceptor.loop().execute(() -> acceptor.loop().addStopHook(stopHook));
        }
    }

    /** Binds and listens on every ring of the group. Does not block. */
    public static Listener open(ListenOptions options) throws TransportException {
        RingGroup group = options.groupOrShared();
        if (group.isDisposed()) {
            throw Exceptions.failWithRejected("the rings have stopped");
        }
        Sockets sockets = UringScheduler.of(group.rings().getFirst()).loop().kernel().sockets();
        return new UringListener(
                group, ListenSockets.open(sockets, options, group.rings().size()), options);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    protected List<? extends Gate> gates() {
        return acceptors;
    }

    @Override
    protected void stopInOrder() {
        acceptors.forEach(acceptor -> acceptor.loop().execute(acceptor::stop));
    }

    @Override
    protected void closeNow() {
        acceptors.forEach(acceptor -> acceptor.loop().run(acceptor::dispose));
    }

    /** {@code fd} was accepted, on the loop of {@code acceptor}. */
    void onAccepted(Acceptor acceptor, int fd) {
        Acceptor target =
                options().placement() == Placement.KERNEL ? acceptor : leastLoaded(acceptor);
        // Counted before it gets there: the next one accepted must see it.
        target.ring().countConnection(1);
        if (target == acceptor) {
            onPlaced(target.ring(), fd);
        } else {
            open.incrementAndGet();
            target.loop().execute(() -> onHandedOver(target.ring(), fd));
        }
    }

    private void onPlaced(UringScheduler ring, int fd) {
        UringConnection connection;
        try {
            connection = new UringConnection(ring, fd, Origin.ACCEPTED, options().connection());
        } catch (Throwable e) {
            // No memory for it: nobody else knows of the descriptor.
            ring.countConnection(-1);
            ring.loop().kernel().sockets().close(fd);
            throw e;
        }
        onConnection(connection);
    }

    /** The sockets may be closed by now: whoever takes the connections must not be told earlier. */
    private void onHandedOver(UringScheduler ring, int fd) {
        try {
            onPlaced(ring, fd);
        } finally {
            letGo();
        }
    }

    /** Among those that accept; on a tie the one that has it, so that it need not move. */
    private Acceptor leastLoaded(Acceptor acceptor) {
        Acceptor least = acceptor;
        for (Acceptor other : acceptors) {
            if (other.isWanted() && other.ring().connections() < least.ring().connections()) {
                least = other;
            }
        }
        return least;
    }

    /** Accepting on {@code acceptor} has failed for good. */
    void onFailed(Throwable error) {
        onAcceptFailure(error);
    }

    void onAcceptorClosed() {
        letGo();
    }

    private void letGo() {
        if (open.decrementAndGet() == 0) {
            for (Acceptor acceptor : acceptors) {
                acceptor.loop().execute(() -> acceptor.loop().removeStopHook(stopHook));
            }
            onClosed();
        }
    }

    @Override
    public String toString() {
        return "UringListener[%s, %d rings, %s]"
                .formatted(Origin.text(address), acceptors.size(), state());
    }

    private String state() {
        if (open.get() == 0) {
            return "CLOSED";
        }
        return isDisposed() ? "STOPPING" : "OPEN";
    }
}
