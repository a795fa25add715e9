// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import java.util.List;
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
    public static final List<Double> PERCENTILES =
            List.of(
                    1.0, 5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.5, 99.9, 99.95, 99.99,
                    100.0);

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
