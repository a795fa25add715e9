// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.SplittableRandom;

/** The only source of randomness: everything that a simulation decides is drawn here, in order. */
final class Chance {
    private final SplittableRandom random;
    private final SimulationFaults faults;

    Chance(long seed, SimulationFaults faults) {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
    }

    /** Whether {@code fault} happens this time. */
    boolean happens(Fault fault) {
        double probability = faults.probability(fault);
        return probability > 0 && random.nextDouble() < probability;
    }

    boolean coin() {
        return random.nextBoolean();
    }

    /** From 0 to {@code bound} - 1. */
    int below(int bound) {
        return bound == 1 ? 0 : random.nextInt(bound);
    }

    /** From {@code from} to {@code to}, both included. */
    int between(int from, int to) {
        return from + below(to - from + 1);
    }

    long delayNanos() {
        return 1 + random.nextLong(Math.max(1, faults.delayMax().toNanos()));
    }
}
