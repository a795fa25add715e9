// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Features;
import io.uringreactive.sys.abi.SetupFlags;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingFeature;
import io.uringreactive.sys.ring.RingFeatures;
import io.uringreactive.sys.ring.RingRestrictions;
import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.sys.ring.Sockets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * A {@link Kernel} in memory, whose every decision comes from a seed.
 *
 * <pre>
 *   try (SimulatedKernel kernel = SimulatedKernel.seeded(seed, SimulationFaults.some())) {
 *       ...                                  // give the kernel to what is under test, start it
 *       SimulatedPeer peer = kernel.connect(8080).write("hello");
 *       kernel.run(() -> peer.received().equals("hello"));
 *       ...                                  // stop it, and run until it has stopped
 *       kernel.assertNothingLeaked();
 *   }
 * </pre>
 *
 * Nothing happens unless the test's thread runs the simulation ({@link #run}, {@link #settle},
 * {@link #advance}); while it does not, that thread has the turn and may use the library as any
 * foreign thread would. It must not block for something that a loop does. Every failure names the
 * seed and shows the state.
 */
public final class SimulatedKernel implements Kernel, AutoCloseable {
    /** What {@link #run} allows in virtual time. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final World world;
    private final SimulatedSockets sockets;

    private SimulatedKernel(Choices choices, SimulationOptions options) {
        this.world = new World(choices, options);
        this.sockets = new SimulatedSockets(world);
    }

    public static SimulatedKernel create(long seed, SimulationOptions options) {
        return create(Choices.seeded(seed), options);
    }

    /** One whose decisions are {@code choices}, beside those of the test itself. */
    public static SimulatedKernel create(Choices choices, SimulationOptions options) {
        return new SimulatedKernel(choices, options);
    }

    public static SimulatedKernel seeded(long seed) {
        return create(seed, SimulationOptions.defaults());
    }

    public static SimulatedKernel seeded(long seed, SimulationFaults faults) {
        return create(seed, SimulationOptions.defaults().withFaults(faults));
    }

    public long seed() {
        return world.seed;
    }

    /**
     * Runs the simulation until {@code until} holds, which is asked at every step, on whichever of
     * the simulation's threads decides that step: it may look, and must not act. Time passes when
     * nothing else can happen.
     *
     * @throws AssertionError when nothing will ever happen any more (a deadlock), when it does not
     *     come true within an hour of virtual time, or when a loop does what it must not
     */
    public void run(BooleanSupplier until) {
        switch (runUntil(until, world.clock.after(PATIENCE.toNanos()))) {
            case REACHED -> {}
            case OUT_OF_TIME ->
                    throw world.failure("not reached within " + PATIENCE + " of virtual time");
            case DEAD -> throw world.failure("deadlock: nothing can happen any more");
        }
    }

    /**
     * Runs whatever can happen without time passing, but for the time that a ring which has a CQE
     * waits for more.
     */
    public void settle() {
        long until = world.clock.now();
        do {
            Run.Outcome outcome = runUntil(() -> false, until);
            assert outcome != Run.Outcome.REACHED;
            until = world.scheduler.nextEndOfBatch();
        } while (until < Long.MAX_VALUE);
    }

    /** Runs whatever happens within {@code time}, and ends at that point. */
    public void advance(Duration time) {
        long end = world.clock.after(time.toNanos());
        Run.Outcome outcome = runUntil(() -> false, end);
        assert outcome != Run.Outcome.REACHED;
        world.scheduler.moveTo(end);
        settle();
    }

    /** Runs {@code action} on the test's thread, {@code delay} from now in virtual time. */
    public void after(Duration delay, Runnable action) {
        world.baton.requireTurn("after");
        world.clock.atForTest(world.clock.after(delay.toNanos()), action);
    }

    private Run.Outcome runUntil(BooleanSupplier until, long end) {
        world.baton.drive();
        return world.scheduler.run(until, end);
    }

    /** A client that connects to {@code port}. */
    public SimulatedPeer connect(int port) {
        world.baton.requireTurn("connect of a peer");
        return SimulatedPeer.connect(world, port);
    }

    /** A server on {@code port} for the library to connect to; the port is then taken. */
    public SimulatedListener listen(int port) {
        world.baton.requireTurn("listen of a peer");
        return SimulatedListener.open(world, port);
    }

    /** From now on at most {@code count} descriptors are open at a time. */
    public void limitDescriptors(int count) {
        world.files.limit(count);
    }

    /** Open descriptors, rings included. */
    public int openDescriptors() {
        return world.files.count();
    }

    /** Operations of all rings that have not had their terminal CQE. */
    public int inFlight() {
        return world.rings.stream().mapToInt(ring -> ring.inFlight().size()).sum();
    }

    /** Provided buffers that receives have used and that were not provided again. */
    public int heldBuffers() {
        return world.rings.stream().mapToInt(ring -> ring.registered().heldBuffers()).sum();
    }

    /** A digest of everything that has happened: equal for equal runs. */
    public long traceDigest() {
        return world.trace.digest();
    }

    /** The state in words, for a test's own failures. */
    public String dump() {
        return StateDump.of(world, "state of the simulation");
    }

    /**
     * That every ring and descriptor was closed and every operation has ended, seen by its ring.
     *
     * @throws AssertionError with everything that is left
     */
    public void assertNothingLeaked() {
        List<String> leaks = new ArrayList<>();
        world.rings.forEach(ring -> leaks.addAll(ring.leaks()));
        leaks.addAll(world.files.describe());
        if (!leaks.isEmpty()) {
            throw world.failure("leaked: " + String.join("; ", leaks));
        }
    }

    /**
     * That {@code free} provided buffers are with the library, those that it keeps for later; more
     * are leaked ones.
     */
    public void assertHeldBuffers(int free) {
        if (heldBuffers() != free) {
            throw world.failure(heldBuffers() + " buffers are held and not " + free);
        }
    }

    @Override
    public RingFeatures features() {
        return new RingFeatures(
                SetupFlags.SINGLE_ISSUER
                        | SetupFlags.DEFER_TASKRUN
                        | SetupFlags.TASKRUN_FLAG
                        | SetupFlags.SUBMIT_ALL
                        | SetupFlags.CQSIZE
                        | SetupFlags.CLAMP
                        | SetupFlags.R_DISABLED
                        | SetupFlags.NO_SQARRAY,
                Features.NODROP
                        | Features.SUBMIT_STABLE
                        | Features.FAST_POLL
                        | Features.EXT_ARG
                        | Features.MIN_TIMEOUT,
                Dispatch.opcodes(),
                world.options.receiveCredit(),
                world.options.receiveCredit()
                        ? Set.of(
                                RingFeature.ZERO_COPY_SEND,
                                RingFeature.RESIZE,
                                RingFeature.PROMPT_FILE_TABLE,
                                RingFeature.RECEIVE_BUNDLES)
                        : Set.of(RingFeature.ZERO_COPY_SEND, RingFeature.PROMPT_FILE_TABLE));
    }

    @Override
    public Ring openRing(RingConfig config, RingRestrictions restrictions) {
        world.baton.requireTurn("openRing");
        SimulatedRing ring = new SimulatedRing(world, config, features(), restrictions);
        int fd = world.files.open(ring);
        if (fd < 0) {
            throw new RingUnavailable(
                    RingUnavailable.Reason.FILE_LIMIT,
                    "the simulated process has no descriptor left",
                    "Close some");
        }
        ring.opened(fd);
        world.rings.add(ring);
        return ring;
    }

    @Override
    public Sockets sockets() {
        return sockets;
    }

    @Override
    public long nanoTime() {
        return world.clock.now();
    }

    /** Waits by running the simulation. */
    @Override
    public void await(CountDownLatch latch) {
        world.baton.requireTurn("await");
        run(() -> latch.getCount() == 0);
    }

    /** Ends the simulation: loops that still run are thrown out of their rings. */
    @Override
    public void close() {
        world.baton.abandon();
    }

    @Override
    public String toString() {
        return "simulated kernel, seed " + world.seed;
    }
}
