// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import java.util.Collection;

/** Some values of one figure; quartiles lie on the line between their neighbours. */
public record Spread(
        double median,
        double min,
        double max,
        double lowerQuartile,
        double upperQuartile,
        int count) {
    public static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a spread of nothing");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(
                quantile(sorted, 0.5),
                sorted[0],
                sorted[sorted.length - 1],
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                sorted.length);
    }

    private static double quantile(double[] sorted, double fraction) {
        double place = fraction * (sorted.length - 1);
        int below = (int) place;
        double share = place - below;
        if (share == 0) {
            return sorted[below];
        }
        return Figures.rounded(sorted[below] * (1 - share) + sorted[below + 1] * share);
    }
}
