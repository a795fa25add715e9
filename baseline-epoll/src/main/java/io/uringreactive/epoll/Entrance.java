// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ServerSocketChannel;
import io.uringreactive.ListenOptions;
import io.uringreactive.Placement;
import io.uringreactive.transport.Loop;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * A listening socket: accepts while connections are wanted, which is Netty's autoRead, and stands
 * before reactor-netty's own handler, which takes on what is accepted. Confined to the socket's
 * event loop, but for what is said to be safe from any thread.
 *
 * <pre>
 *   ACCEPTING --stop()--> EMPTYING --backlog empty--> CLOSING --all have arrived--> told
 *       +--------------------close()----------------------^
 * </pre>
 */
final class Entrance extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Loggers.getLogger(Entrance.class);

    private static final long BACK_OFF_NANOS_MIN = 10_000_000L;
    private static final long BACK_OFF_NANOS_MAX = 1_000_000_000L;

    /** So many looks in a row that find nothing accepted: the backlog is empty. */
    private static final int QUIET_LOOKS = 2;

    private enum Phase {
        ACCEPTING,
        EMPTYING,
        CLOSING
    }

    private final NettyListener listener;
    private final NettyLoop loop;
    private final ServerSocketChannel channel;
    private final ListenOptions options;
    private final List<NettyGate> gates;
    private final Runnable retry = this::retry;

    /** Accepted, and not yet there where they live. */
    private final AtomicInteger underWay = new AtomicInteger();

    private final AtomicInteger next = new AtomicInteger();

    private Phase phase = Phase.ACCEPTING;
    private boolean socketClosed;
    private boolean told;
    private Loop.@Nullable Timer backOff;
    private long backOffNanos = BACK_OFF_NANOS_MIN;
    private boolean warned;
    private int acceptedSinceLook;
    private int emptied;
    private int quietLooks;

    Entrance(
            NettyListener listener,
            NettyLoop loop,
            ServerSocketChannel channel,
            List<NettyLoop> loops,
            ListenOptions options) {
        this.listener = listener;
        this.loop = loop;
        this.channel = channel;
        this.options = options;
        this.gates = gates(loops);
    }

    private List<NettyGate> gates(List<NettyLoop> loops) {
        return loops.stream().map(its -> new NettyGate(its, this)).toList();
    }

    List<NettyGate> gates() {
        return gates;
    }

    /** Before the channel is bound: it must not accept by itself then. */
    void install() {
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(this);
        channel.closeFuture()
                .addListener(
                        closed ->
                                loop.afterClose(
                                        () -> {
                                            socketClosed = true;
                                            tell();
                                        }));
    }

    /**
     * Goes once through what a back-off does, when the channel is bound: once descriptors have run
     * out, classes that are files may not be there to load any more.
     */
    void rehearse() {
        loop.after(0, retry);
        channel.config().setAutoRead(true);
        channel.config().setAutoRead(false);
    }

    /** The back-off is over. */
    private void retry() {
        backOff = null;
        reconcile();
    }

    private boolean isWanted() {
        return gates.stream().anyMatch(NettyGate::isWanted);
    }

    /** What is wanted has changed; safe from any thread. */
    void reconsider() {
        loop.execute(this::reconcile);
    }

    private void reconcile() {
        if (phase != Phase.CLOSING) {
            channel.config().setAutoRead(backOff == null && isWanted());
        }
    }

    /** Where the next connection goes: to an event loop that wants one, if there is any. */
    NettyLoop place() {
        List<NettyGate> open = gates.stream().filter(NettyGate::isWanted).toList();
        List<NettyGate> choice = open.isEmpty() ? gates : open;
        NettyLoop inTurn = choice.get(Math.floorMod(next.getAndIncrement(), choice.size())).netty();
        if (options.placement() == Placement.KERNEL) {
            return inTurn;
        }
        NettyLoop least = inTurn;
        for (NettyGate gate : choice) {
            if (gate.netty().connections().get() < least.connections().get()) {
                least = gate.netty();
            }
        }
        return least;
    }

    /** A connection is on its way to its event loop. */
    void onLeaving() {
        underWay.incrementAndGet();
    }

    /** It is there, or failed to get there; from any thread. */
    void onArrived() {
        underWay.decrementAndGet();
        loop.execute(this::tell);
    }

    private void tell() {
        // Where the event loops end, what was under way may never arrive.
        boolean arrived = underWay.get() == 0 || loop.isStopping();
        if (socketClosed && arrived && !told) {
            told = true;
            listener.onSocketClosed();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object child) {
        backOffNanos = BACK_OFF_NANOS_MIN;
        warned = false;
        acceptedSinceLook++;
        context.fireChannelRead(child);
    }

    /**
     * One accept failed. Whatever it was may pass: no descriptors, no memory, a connection that
     * never came to be. The backlog holds newcomers meanwhile; to go on at once would only spin.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (phase == Phase.CLOSING || backOff != null) {
            return;
        }
        listener.onBackOff();
        backOff = loop.after(backOffNanos, retry);
        backOffNanos = Math.min(backOffNanos * 2, BACK_OFF_NANOS_MAX);
        reconcile();
        if (!warned) {
            // Last, since a logger may fail for want of a descriptor just as accept did.
            LOG.warn("accept on {} backs off: {}", channel.localAddress(), cause.toString());
            warned = true;
        }
    }

    /** Accepts what the backlog holds, as far as it is wanted, then closes. */
    void stop() {
        if (phase == Phase.ACCEPTING) {
            phase = Phase.EMPTYING;
            acceptedSinceLook = 0;
            look();
        }
    }

    /** Between two looks the event loop has asked the system what is ready. */
    private void look() {
        if (phase != Phase.EMPTYING) {
            return;
        }
        emptied += acceptedSinceLook;
        quietLooks = acceptedSinceLook == 0 ? quietLooks + 1 : 0;
        acceptedSinceLook = 0;
        // Newcomers must not keep a listener open for ever: one backlog's worth is taken.
        if (!isWanted()
                || backOff != null
                || quietLooks > QUIET_LOOKS
                || emptied > options.backlog()) {
            close();
            return;
        }
        loop.after(1, this::look);
    }

    /** Closes at once. */
    void close() {
        if (phase != Phase.CLOSING) {
            phase = Phase.CLOSING;
            Loop.Timer timer = backOff;
            if (timer != null) {
                timer.cancel();
            }
            var _ = channel.close();
        }
    }
}
