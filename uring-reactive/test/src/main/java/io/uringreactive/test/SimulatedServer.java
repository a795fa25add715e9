// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.UringNet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;

/**
 * A handler on the library itself, served on a {@link SimulatedKernel}: everything but the kernel
 * is what runs in production.
 *
 * <pre>{@code
 * for (long seed = 0; seed < 100; seed++) {
 *     SimulatedKernel kernel = SimulatedKernel.seeded(seed, SimulationFaults.some());
 *     try (SimulatedServer server = SimulatedServer.start(kernel, conn -> conn.send(conn.receive()))) {
 *         SimulatedPeer peer = server.connect().write("hello");
 *         server.run(() -> peer.received().equals("hello"));
 *         server.stop();
 *     }
 * }
 * }</pre>
 *
 * <p>Used by the test's thread alone. With faults connections may be reset, as in life: leave
 * {@link Fault#RESET} and {@link Fault#ACCEPT_ERROR} out where the test needs each to live.
 */
public final class SimulatedServer implements AutoCloseable {
    private static final int PORT = 8080;

    private final SimulatedKernel kernel;
    private final RingGroup group;
    private final Disposable serving;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private SimulatedServer(
            SimulatedKernel kernel,
            RingGroupOptions rings,
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        this.kernel = kernel;
        this.group = RingGroup.create(rings.kernel(kernel));
        this.serving =
                UringNet.serve(ListenOptions.port(PORT).group(group), handler)
                        .subscribe(nothing -> {}, failure::set);
    }

    /** Serves by {@code handler}, on two rings with few and small buffers, which soon run out. */
    public static SimulatedServer start(
            SimulatedKernel kernel,
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        return start(kernel, RingGroupOptions.defaults().rings(2).buffers(16, 512), handler);
    }

    /** As {@link #start(SimulatedKernel, Function)}; of {@code rings} all but the kernel counts. */
    public static SimulatedServer start(
            SimulatedKernel kernel,
            RingGroupOptions rings,
            Function<? super Connection, ? extends Publisher<Void>> handler) {
        return new SimulatedServer(kernel, rings, handler);
    }

    /** A client of this server. */
    public SimulatedPeer connect() {
        return kernel.connect(PORT);
    }

    /**
     * Runs the simulation until {@code until} holds; see {@link SimulatedKernel#run}.
     *
     * @throws AssertionError when it does not come true, or when the server has failed
     */
    public void run(BooleanSupplier until) {
        kernel.run(() -> failure.get() != null || until.getAsBoolean());
        throwFailure();
    }

    private void throwFailure() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new AssertionError("seed " + kernel.seed() + ": the server failed", cause);
        }
    }

    /**
     * Stops the rings, which aborts connections that are left.
     *
     * @throws AssertionError when the server had failed, or something was not given back
     */
    public void stop() {
        throwFailure();
        serving.dispose();
        AtomicBoolean stopped = new AtomicBoolean();
        group.disposeGracefully().subscribe(nothing -> {}, failure::set, () -> stopped.set(true));
        run(stopped::get);
        kernel.settle();
        kernel.assertNothingLeaked();
    }

    /** Ends the simulation, whatever is left in it. */
    @Override
    public void close() {
        kernel.close();
    }
}
