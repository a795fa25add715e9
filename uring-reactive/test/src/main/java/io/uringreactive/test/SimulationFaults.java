// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How likely each {@link Fault} is, every time that it could happen.
 *
 * @param probabilities from 0 to 1; a fault that is missing never happens
 * @param delayMax the upper bound of a {@link Fault#DELAY}
 */
public record SimulationFaults(Map<Fault, Double> probabilities, Duration delayMax) {
    private static final Duration DELAY_MAX = Duration.ofMillis(50);

    public SimulationFaults {
        EnumMap<Fault, Double> copy = new EnumMap<>(Fault.class);
        copy.putAll(probabilities);
        for (Map.Entry<Fault, Double> entry : copy.entrySet()) {
            if (!(entry.getValue() >= 0 && entry.getValue() <= 1)) {
                throw new IllegalArgumentException("not a probability: " + entry);
            }
        }
        probabilities = Map.copyOf(copy);
    }

    /** A kernel and a network on their best day. */
    public static SimulationFaults none() {
        return new SimulationFaults(Map.of(), DELAY_MAX);
    }

    /** Legal behaviour only that every busy machine shows: no errors that end anything. */
    public static SimulationFaults some() {
        return none().with(Fault.REORDERING, 0.3)
                .with(Fault.DELAY, 0.02)
                .with(Fault.EARLY_RETURN, 0.02)
                .with(Fault.SHORT_SUBMIT, 0.02)
                .with(Fault.SHORT_SEND, 0.1)
                .with(Fault.SEGMENTATION, 0.3)
                .with(Fault.LOST_MORE, 0.02)
                .with(Fault.INTERRUPTED, 0.02)
                .with(Fault.NO_BUFFERS, 0.01)
                .with(Fault.LATE_STARVATION, 0.5)
                .with(Fault.LATE_SUCCESS, 0.3);
    }

    /** Everything, often: connections do get reset and accepts do fail. */
    public static SimulationFaults heavy() {
        return none().with(Fault.REORDERING, 0.8)
                .with(Fault.DELAY, 0.1)
                .with(Fault.EARLY_RETURN, 0.1)
                .with(Fault.SHORT_SUBMIT, 0.1)
                .with(Fault.SHORT_SEND, 0.4)
                .with(Fault.SEGMENTATION, 0.7)
                .with(Fault.LOST_MORE, 0.15)
                .with(Fault.INTERRUPTED, 0.05)
                .with(Fault.NO_BUFFERS, 0.1)
                .with(Fault.LATE_STARVATION, 0.5)
                .with(Fault.BUFFER_ON_END, 0.2)
                .with(Fault.ACCEPT_ERROR, 0.1)
                .with(Fault.CONNECT_ERROR, 0.1)
                .with(Fault.MESSAGE_ERROR, 0.05)
                .with(Fault.RESET, 0.01)
                .with(Fault.LATE_SUCCESS, 0.5);
    }

    /** The same with another probability for {@code fault}. */
    public SimulationFaults with(Fault fault, double probability) {
        EnumMap<Fault, Double> changed = new EnumMap<>(Fault.class);
        changed.putAll(probabilities);
        changed.put(fault, probability);
        return new SimulationFaults(changed, delayMax);
    }

    /** The same without {@code fault}. */
    public SimulationFaults without(Fault fault) {
        return with(fault, 0);
    }

    double probability(Fault fault) {
        return probabilities.getOrDefault(fault, 0.0);
    }
}
