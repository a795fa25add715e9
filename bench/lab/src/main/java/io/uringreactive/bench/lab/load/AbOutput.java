// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ab prints, and the percentiles that {@code ab -e} writes, in milliseconds.
 *
 * @param bodyBytes of the first reply; those that have another number of them are failed
 */
record AbOutput(double seconds, long complete, long failed, long bodyBytes, Latencies latencies) {
    private static final Pattern QUANTILE = Pattern.compile("(?m)^(\\d+),([0-9.]+)$");

    static AbOutput parse(String output, String csv) {
        long complete = (long) figure(output, "Complete requests").orElseThrow(() -> bad(output));
        double seconds = figure(output, "Time taken for tests").orElseThrow(() -> bad(output));
        double failed = figure(output, "Failed requests").orElseThrow(() -> bad(output));
        // The line is there only if there were some.
        double refused = figure(output, "Non-2xx responses").orElse(0);
        double bodyBytes = figure(output, "Document Length").orElseThrow(() -> bad(output));
        Map<Double, Double> micros = new HashMap<>();
        Matcher quantile = QUANTILE.matcher(csv);
        while (quantile.find()) {
            double percentile = Double.parseDouble(quantile.group(1));
            if (percentile > 0) {
                micros.put(percentile, Double.parseDouble(quantile.group(2)) * 1000);
            }
        }
        return new AbOutput(
                seconds,
                complete,
                (long) (failed + refused),
                (long) bodyBytes,
                Latencies.of(complete, micros));
    }

    private static OptionalDouble figure(String output, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + ": +([0-9.]+)").matcher(output);
        return line.find()
                ? OptionalDouble.of(Double.parseDouble(line.group(1)))
                : OptionalDouble.empty();
    }

    private static IllegalArgumentException bad(String output) {
        return new IllegalArgumentException("not what ab prints: " + output);
    }
}
