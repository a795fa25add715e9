// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.UringNet;
import io.uringreactive.test.Choices;
import io.uringreactive.test.SimulatedKernel;
import io.uringreactive.test.SimulationOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * One seeded run: a simulated kernel, a group of small rings on it, and at the end the proof that
 * everything has been given back.
 */
final class Simulation {
    static final int PORT = 8080;

    /** More than any scenario takes. */
    private static final int ROUNDS_MAX = 20_000;

    enum Network {
        /** Every connection lives until one of its ends ends it. */
        RELIABLE,
        /** Connections may be reset, and may fail to be made or accepted; so may messages. */
        FAILING
    }

    final Choices choices;
    final SimulatedKernel kernel;
    final RingGroup group;

    /** Native memory in use when it began. */
    final long memoryBefore = NativeMemory.inUse();

    final Random random;

    /** What every ring of {@link #group} is like. */
    final RingGroupOptions rings;

    private final boolean multishotAccept;
    private final ConnectionOptions connection;

    /** The receive buffer of sockets that set none. */
    final int socketReceiveBytes;

    private final List<RingGroup> others = new ArrayList<>();
    private int rounds;

    private Simulation(
            Choices choices, SimulatedKernel kernel, ReceiveMode mode, SimulationOptions machine) {
        this.choices = choices;
        this.kernel = kernel;
        this.rings = Setup.rings(choices, kernel, mode);
        this.group = RingGroup.create(rings);
        this.random = choices.random(Simulation.class);
        this.multishotAccept = choices.below("one-shot-accept", 4) < 3;
        this.connection =
                ConnectionOptions.defaults().zeroCopyBytesMin(Setup.zeroCopyBytesMin(choices));
        this.socketReceiveBytes = machine.receiveBufferBytes();
    }

    /** Rings, faults, receive mode and the size of everything follow from the choices. */
    static Simulation of(Choices choices, Network network) {
        return of(choices, network, Setup.receiveMode(choices), options -> options);
    }

    /** The same with {@code mode}, on a machine that {@code machine} has changed. */
    static Simulation of(
            Choices choices,
            Network network,
            ReceiveMode mode,
            UnaryOperator<SimulationOptions> machine) {
        SimulationOptions options = machine.apply(Setup.machine(choices, network));
        return new Simulation(choices, SimulatedKernel.create(choices, options), mode, options);
    }

    /** One more group on the same kernel; it ends with the simulation. */
    RingGroup another(UnaryOperator<RingGroupOptions> change) {
        RingGroup other = RingGroup.create(change.apply(rings));
        others.add(other);
        return other;
    }

    ListenOptions listenOptions() {
        return ListenOptions.port(PORT)
                .group(group)
                .multishotAccept(multishotAccept)
                .connection(connection);
    }

    ConnectOptions connectOptions() {
        return ConnectOptions.to(address()).group(group).connection(connection);
    }

    static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
    }

    /**
     * Accepts one connection: the library's end of it, and the peer's. Where the network fails, the
     * peer tries again.
     */
    Pair pair(ListenOptions options) {
        List<Connection> accepted = new ArrayList<>();
        UringNet.accept(options).subscribe(accepted::add);
        while (true) {
            expectProgress();
            Client client = client(new byte[0]);
            AtomicBoolean over = new AtomicBoolean();
            kernel.after(Duration.ofSeconds(10), () -> over.set(true));
            kernel.run(() -> over.get() || (client.peer.isConnected() && !accepted.isEmpty()));
            if (!accepted.isEmpty()) {
                return new Pair(accepted.getFirst(), client);
            }
            client.peer.close();
        }
    }

    record Pair(Connection conn, Client client) {}

    /** Both ends of a connection that are the library's. */
    record Direct(Connection client, Connection server) {}

    /** A connection from ring to ring, where the network does not fail. */
    Direct direct(ListenOptions listen, ConnectOptions connect) {
        List<Connection> accepted = new ArrayList<>();
        List<Connection> connected = new ArrayList<>();
        UringNet.accept(listen).subscribe(accepted::add);
        kernel.settle();
        UringNet.connect(connect).subscribe(connected::add);
        kernel.run(() -> !accepted.isEmpty() && !connected.isEmpty());
        return new Direct(connected.getFirst(), accepted.getFirst());
    }

    Client client(byte[] bytes) {
        return new Client(kernel.connect(PORT), bytes, random);
    }

    /** From {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    boolean coin() {
        return random.nextBoolean();
    }

    /** Lets up to {@code millisMax} pass, with {@code check} at every step. */
    void pass(int millisMax, Runnable check) {
        AtomicBoolean over = new AtomicBoolean();
        kernel.after(Duration.ofMillis(between(0, millisMax)), () -> over.set(true));
        kernel.run(
                () -> {
                    check.run();
                    return over.get();
                });
    }

    /** In a loop of a scenario that ends when something comes true: that it does. */
    void expectProgress() {
        if (++rounds > ROUNDS_MAX) {
            throw new AssertionError("no end after " + ROUNDS_MAX + " rounds\n" + kernel.dump());
        }
    }

    /** Lets a few steps happen, so that the test interferes at any point of what goes on. */
    void someSteps() {
        AtomicBoolean over = new AtomicBoolean();
        kernel.after(Duration.ofMillis(5), () -> over.set(true));
        // On a calm day the test lets everything happen before it goes on.
        int interferes = random.nextInt(41);
        int[] left = {interferes == 0 ? Integer.MAX_VALUE : interferes - 1};
        kernel.run(() -> over.get() || left[0]-- <= 0);
    }

    /** Waits in simulated time. */
    void await(Mono<?> mono) {
        AtomicBoolean ended = new AtomicBoolean();
        Disposable subscription = mono.doFinally(signal -> ended.set(true)).subscribe();
        kernel.run(ended::get);
        subscription.dispose();
    }

    List<RingStatus> statuses() {
        List<RingStatus> all = new ArrayList<>();
        for (RingScheduler ring : group.rings()) {
            await(ring.status().doOnNext(all::add));
        }
        return all;
    }

    long enters() {
        return statuses().stream().mapToLong(status -> status.counters().enters()).sum();
    }

    /** Longer than the kernel keeps a completion back. */
    void letGo() {
        kernel.advance(Duration.ofMillis(500));
    }

    /** That no connection is open and every buffer is back. */
    void assertIdle() {
        letGo();
        for (RingStatus status : statuses()) {
            assertEquals(0, status.connections(), "open connections");
            assertEquals(0, status.buffersOut(), "buffers that were not given back");
            assertEquals(0, status.lateCompletions(), "late completions");
        }
    }

    /** Ends {@code conn} at once and waits for it. */
    void dispose(Connection conn) {
        conn.dispose();
        await(conn.onClose());
        assertTrue(conn.isDisposed());
    }

    byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Stops the rings and looks at what is left. */
    void end() {
        others.forEach(other -> await(other.disposeGracefully()));
        await(group.disposeGracefully());
        kernel.settle();
        kernel.assertNothingLeaked();
    }
}
