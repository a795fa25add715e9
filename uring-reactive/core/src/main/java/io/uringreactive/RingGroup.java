// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.loop.LoopWatch;
import io.uringreactive.loop.RingLoop;
import io.uringreactive.net.RingDialer;
import io.uringreactive.net.UringListener;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.transport.Connector;
import io.uringreactive.transport.ListenParallel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.ParallelFlux;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Rings, one thread each, that share nothing. The shared group starts with its first use and lives
 * as long as the process, as {@code Schedulers.parallel()} does; a group that you create you also
 * dispose. Every method is safe from any thread.
 */
public final class RingGroup implements Transport {
    private static final Logger LOG = Loggers.getLogger(RingGroup.class);
    private static final AtomicInteger GROUPS = new AtomicInteger();
    private static final Object SHARED_LOCK = new Object();
    private static @Nullable RingGroup shared;

    private final String name;
    private final List<UringScheduler> rings;
    private final AtomicInteger next = new AtomicInteger();

    private RingGroup(String name, List<UringScheduler> rings) {
        this.name = name;
        this.rings = List.copyOf(rings);
    }

    /**
     * Opens the rings and starts their threads, and says so in one line of the log, at INFO: how
     * many, on which kernel, and how they receive.
     *
     * @throws RingUnavailable with cause and remedy; what was opened is closed again
     */
    public static RingGroup create(RingGroupOptions options) {
        Kernel kernel = options.kernel();
        String name = "uring-" + GROUPS.incrementAndGet();
        List<UringScheduler> rings = new ArrayList<>();
        try {
            for (int i = 0; i < options.rings(); i++) {
                Ring first = rings.isEmpty() ? null : rings.getFirst().loop().ring();
                UringScheduler ring =
                        UringScheduler.create(
                                kernel.openRing(options.ringBeside(first), options.restrictions()),
                                name + "-" + i,
                                options);
                ring.loop().start();
                rings.add(ring);
            }
        } catch (RuntimeException | Error e) {
            rings.forEach(UringScheduler::dispose);
            throw e;
        }
        RingGroup group = new RingGroup(name, rings);
        // Another kernel's time is not this thread's: a simulated one stands still when it likes.
        if (kernel instanceof LinuxKernel && !options.blockedAfter().isZero()) {
            List<RingLoop> loops = rings.stream().map(UringScheduler::loop).toList();
            LoopWatch.start(name + "-watch", loops, options.blockedAfter());
        }
        LOG.info("{} on {}", group, kernel);
        return group;
    }

    /** The group of those who bring none, with {@link RingGroupOptions#defaults()}. */
    public static RingGroup shared() {
        synchronized (SHARED_LOCK) {
            RingGroup group = shared;
            if (group == null || group.isDisposed()) {
                group = create(RingGroupOptions.defaults());
                shared = group;
            }
            return group;
        }
    }

    /** The rings in turn. */
    public RingScheduler next() {
        return rings.get(Math.floorMod(next.getAndIncrement(), rings.size()));
    }

    public List<RingScheduler> rings() {
        return List.copyOf(rings);
    }

    /** How bounded demand is received here: CREDIT or ONE_SHOT. */
    public ReceiveMode receiveMode() {
        return rings.getFirst().receiveMode();
    }

    @Override
    public String name() {
        return "uring";
    }

    /** On these rings; options that name others are refused. */
    @Override
    public Mono<Listener> listen(ListenOptions options) {
        // Cancelled while it binds, the listener reaches nobody.
        return Mono.fromCallable(() -> UringListener.open(on(options)))
                .doOnDiscard(Listener.class, Listener::dispose);
    }

    /** On these rings; options that name others are refused. */
    @Override
    public ParallelFlux<Connection> acceptParallel(ListenOptions options) {
        return new ListenParallel(listen(options), rings::size);
    }

    /** On the next of these rings; options that name others are refused. */
    @Override
    public Mono<Connection> connect(ConnectOptions options) {
        return Mono.defer(() -> connectOn(on(options)));
    }

    private Mono<Connection> connectOn(ConnectOptions options) {
        return Connector.connect(options, () -> new RingDialer(UringScheduler.of(next()), options));
    }

    private ListenOptions on(ListenOptions options) {
        requireOurs(options.group());
        return options.group(this);
    }

    private ConnectOptions on(ConnectOptions options) {
        requireOurs(options.group());
        return options.group(this);
    }

    private void requireOurs(@Nullable RingGroup group) {
        if (group != null && !group.equals(this)) {
            throw new IllegalArgumentException("the options name other rings: " + group);
        }
    }

    /**
     * Stops every ring: connections and listeners are aborted, operations cancelled, and the rings
     * closed after the last terminal CQE. Returns at once.
     */
    @Override
    public void dispose() {
        rings.forEach(UringScheduler::dispose);
    }

    /** As {@link #dispose()}; completes when every ring is closed. */
    @Override
    public Mono<Void> disposeGracefully() {
        return Flux.fromIterable(rings).flatMap(UringScheduler::disposeGracefully).then();
    }

    @Override
    public boolean isDisposed() {
        return rings.getFirst().isDisposed();
    }

    @Override
    public String toString() {
        return "RingGroup[%s, %d rings, %s, %s]"
                .formatted(name, rings.size(), receiveMode(), isDisposed() ? "DISPOSED" : "OPEN");
    }
}
