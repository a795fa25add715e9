package io.uringreactive.simulation;

import io.uringreactive.ListenOptions;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.test.Fault;
import io.uringreactive.test.SimulatedKernel;
import io.uringreactive.test.SimulationFaults;
import io.uringreactive.test.SimulationOptions;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * One seeded run: a simulated kernel, a group of small rings on it, and at the end the proof that
 * everything has been given back.
 */
final class Simulation implements AutoCloseable {
    static final int PORT = 8080;

    enum Network {
        /** Every connection lives until one of its ends ends it. */
        RELIABLE,
        /** Connections may be reset, and may fail to be accepted. */
        FAILING
    }

    final SimulatedKernel kernel;
    final RingGroup group;
    final Random random;

    private Simulation(SimulatedKernel kernel, RingGroup group) {
        this.kernel = kernel;
        this.group = group;
        this.random = new Random(kernel.seed());
    }

    /** Rings, faults, receive mode and the size of everything follow from the seed. */
    static Simulation seeded(long seed, Network network) {
        Random choice = new Random(~seed);
        SimulationFaults faults =
                switch (choice.nextInt(3)) {
                    case 0 -> SimulationFaults.none();
                    case 1 -> SimulationFaults.some();
                    default -> SimulationFaults.heavy();
                };
        if (network == Network.RELIABLE) {
            faults = faults.without(Fault.RESET).without(Fault.ACCEPT_ERROR);
        }
        return create(seed, faults, 1 + choice.nextInt(3), choice);
    }

    static Simulation create(long seed, SimulationFaults faults, int rings, Random choice) {
        SimulatedKernel kernel =
                SimulatedKernel.create(
                        seed,
                        SimulationOptions.defaults()
                                .withFaults(faults)
                                .withSocketBuffers(
                                        512 << choice.nextInt(6), 512 << choice.nextInt(6)));
        RingGroup group =
                RingGroup.create(
                        RingGroupOptions.defaults()
                                .kernel(kernel)
                                .rings(rings)
                                .ring(new RingConfig(8 << choice.nextInt(4), 256))
                                .buffers(4 << choice.nextInt(4), 256 << choice.nextInt(3))
                                .receiveMode(
                                        choice.nextBoolean()
                                                ? ReceiveMode.CREDIT
                                                : ReceiveMode.ONE_SHOT));
        return new Simulation(kernel, group);
    }

    ListenOptions listenOptions() {
        return ListenOptions.port(PORT).group(group);
    }

    /** Waits in simulated time. */
    void await(Mono<?> mono) {
        AtomicBoolean ended = new AtomicBoolean();
        Disposable subscription = mono.doFinally(signal -> ended.set(true)).subscribe();
        kernel.run(ended::get);
        subscription.dispose();
    }

    byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        await(group.disposeGracefully());
        kernel.settle();
        kernel.assertNothingLeaked();
        kernel.close();
    }
}
