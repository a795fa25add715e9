// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.test.Choices;
import io.uringreactive.test.Fault;
import io.uringreactive.test.SimulatedKernel;
import io.uringreactive.test.SimulationFaults;
import io.uringreactive.test.SimulationOptions;
import java.time.Duration;

/**
 * The machine and the rings that a run gets. All of it is chosen, from the most comfortable on: a
 * calm run has one ring and room for everything.
 */
final class Setup {
    private static final int MOST_BYTES = 16_384;

    /** Some time: the simulated thread is as late as it likes. */
    private static final Duration POLLING = Duration.ofSeconds(1);

    private static final Duration MIN_WAIT = Duration.ofNanos(50_000);

    /** How long a loop may run in real time where a run is one of many. */
    private static final Duration IMPATIENT = Duration.ofSeconds(3);

    static ReceiveMode receiveMode(Choices choices) {
        return choices.below("receive-one-shot", 2) == 0
                ? ReceiveMode.CREDIT
                : ReceiveMode.ONE_SHOT;
    }

    static SimulationOptions machine(Choices choices, Simulation.Network network) {
        int sendBytes = MOST_BYTES >> choices.below("small-send-buffer", 6);
        int receiveBytes = MOST_BYTES >> choices.below("small-receive-buffer", 6);
        SimulationOptions options =
                SimulationOptions.defaults()
                        .withFaults(faults(choices.seed(), network))
                        .withSocketBuffers(sendBytes, receiveBytes);
        return choices.isReplay() ? options.withWatchdog(IMPATIENT) : options;
    }

    /**
     * They follow from the seed: how likely a fault is decides nothing, whether it happens does.
     */
    private static SimulationFaults faults(long seed, Simulation.Network network) {
        SimulationFaults faults =
                switch ((int) Math.floorMod(seed, 3L)) {
                    case 0 -> SimulationFaults.none();
                    case 1 -> SimulationFaults.some();
                    default -> SimulationFaults.heavy();
                };
        return network == Simulation.Network.FAILING
                ? faults
                : faults.without(Fault.RESET)
                        .without(Fault.ACCEPT_ERROR)
                        .without(Fault.CONNECT_ERROR)
                        .without(Fault.MESSAGE_ERROR);
    }

    static RingGroupOptions rings(Choices choices, SimulatedKernel kernel, ReceiveMode mode) {
        return RingGroupOptions.defaults()
                .kernel(kernel)
                .rings(1 + choices.below("more-rings", 3))
                .ring(ringConfig(choices))
                .directDescriptors(directDescriptors(choices))
                .pollingIdle(choices.below("polling", 4) == 3 ? POLLING : Duration.ZERO)
                .buffers(
                        32 >> choices.below("few-buffers", 4),
                        1024 >> choices.below("small-buffers", 3))
                .receiveMode(mode)
                .receiveBundles(choices.below("bundles", 2) == 1)
                .bufferCountMax(64 * choices.below("growing-buffers", 2))
                .zeroBuffers(choices.below("zeroed-buffers", 2) == 1)
                .completionEntriesMax(1024 * choices.below("growing-queue", 2))
                .minWait(choices.below("batched-waits", 3) == 2 ? MIN_WAIT : Duration.ZERO);
    }

    /** Small, so that either queue is full now and then. */
    private static RingConfig ringConfig(Choices choices) {
        int submissionEntries = 64 >> choices.below("short-submission-queue", 4);
        int shorter = choices.below("short-completion-queue", 3);
        return new RingConfig(submissionEntries, submissionEntries << (3 - shorter))
                .withResizeOn("simulated");
    }

    private static int directDescriptors(Choices choices) {
        return choices.below("with-direct-descriptors", 3) == 2
                ? choices.below("direct-descriptors", 8)
                : 0;
    }

    /** 0 for sends that are copied. */
    static int zeroCopyBytesMin(Choices choices) {
        return choices.below("zero-copy", 4) == 3 ? 1 << choices.below("zero-copy-bytes", 12) : 0;
    }

    private Setup() {}
}
