// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.SplittableRandom;

/**
 * The only source of the kernel's and the network's decisions. Each is drawn here, in order, with
 * its probability, and passes through {@link Choices}, which may know better: 0 is always what
 * happens on a calm day.
 */
final class Chance {
    private final SplittableRandom random;
    private final SimulationFaults faults;
    private final Choices choices;

    Chance(Choices choices, SimulationFaults faults) {
        this.random = new SplittableRandom(choices.seed());
        this.faults = faults;
        this.choices = choices;
    }

    /** A number that no decision hangs on: how likely the decisions of this run are. */
    int fixed(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    /** Whether {@code fault} happens this time. */
    boolean happens(Fault fault) {
        double probability = faults.probability(fault);
        return probability > 0
                && choices.decide(fault.name(), 2, draw(probability) ? 1 : 0, fault.name()) != 0;
    }

    private boolean draw(double probability) {
        return random.nextDouble() < probability;
    }

    /** Whether {@code fault} happens, and how: 0 for no, or one of {@code count} ways from 1 on. */
    int way(Fault fault, int count) {
        double probability = faults.probability(fault);
        if (probability == 0) {
            return 0;
        }
        int drawn = draw(probability) ? 1 + random.nextInt(count) : 0;
        String words = count == 1 ? fault.name() : fault + ": way %d of " + count;
        return (int) choices.decide(fault.name(), count + 1, drawn, words);
    }

    /** How many of {@code bytes} a piece has: all, or fewer by {@code fault}. */
    int piece(Fault fault, int bytes) {
        double probability = faults.probability(fault);
        if (probability == 0 || bytes <= 1) {
            return bytes;
        }
        int drawn = draw(probability) ? random.nextBoolean() ? 1 : 1 + random.nextInt(bytes) : 0;
        // A piece that is the whole is nothing special.
        long piece = choices.decide(fault.name(), bytes, drawn % bytes, fault + ": %d of %d bytes");
        return piece == 0 ? bytes : (int) piece;
    }

    /** Which of {@code count} that are ready goes first: the oldest, or another. */
    int place(Fault fault, int count) {
        double probability = faults.probability(fault);
        if (probability == 0 || count == 1) {
            return 0;
        }
        int drawn = draw(probability) ? random.nextInt(count) : 0;
        return (int)
                choices.decide(
                        fault.name(), count, drawn, fault + ": %d of %d that are ready wait");
    }

    /** How long something is kept back, 0 for not at all. */
    long delayNanos() {
        double probability = faults.probability(Fault.DELAY);
        if (probability == 0) {
            return 0;
        }
        long most = Math.max(1, faults.delayMax().toNanos());
        long drawn = draw(probability) ? 1 + random.nextLong(most) : 0;
        return choices.decide(Fault.DELAY.name(), most + 1, drawn, "DELAY: %d ns");
    }

    /** Whether something unusual happens that is no fault, in {@code percent} of all cases. */
    boolean happens(String what, int percent) {
        int drawn = random.nextInt(100) < percent ? 1 : 0;
        return choices.decide(what, 2, drawn, what) != 0;
    }

    /** One of {@code count}, the first on a calm day. */
    int below(String what, int count) {
        return count == 1
                ? 0
                : (int) choices.decide(what, count, random.nextInt(count), what + ": %d");
    }
}
