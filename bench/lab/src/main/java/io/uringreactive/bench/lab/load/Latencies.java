// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Microseconds by percentile, of some number of requests; 100 is the longest. */
public record Latencies(long requests, NavigableMap<Double, Double> micros) {
    public static final Latencies UNKNOWN = new Latencies(0, new TreeMap<>());

    /** What a percentile must have beyond it to say something: with less it is chance. */
    private static final double BEYOND_MIN = 10;

    /** Asked of those generators that can be asked. */
    static final double[] PERCENTILES = {
        1, 5, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 100
    };

    public Latencies {
        micros = new TreeMap<>(micros);
        micros.entrySet().removeIf(each -> !supported(requests, each.getKey()));
    }

    public OptionalDouble at(double percentile) {
        Double value = micros.get(percentile);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static Latencies of(long requests, Map<Double, Double> micros) {
        return new Latencies(requests, new TreeMap<>(micros));
    }

    private static boolean supported(long requests, double percentile) {
        return percentile == 100 || requests * (1 - percentile / 100) >= BEYOND_MIN - 1e-6;
    }
}
