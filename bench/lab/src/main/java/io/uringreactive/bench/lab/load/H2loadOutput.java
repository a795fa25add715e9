// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What h2load prints, and the lines of its log: start, status and duration of each request. */
record H2loadOutput(double seconds, long succeeded, long failed) {
    private static final Pattern FINISHED = Pattern.compile("(?m)^finished in ([0-9.]+)(ms|s),");

    /** Those that were under way at the end are neither done nor failed. */
    private static final Pattern REQUESTS =
            Pattern.compile(
                    "(?m)^requests: .* (\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout");

    private static final long MICROS_MAX = 3_600_000_000L;

    static H2loadOutput parse(String output) {
        Matcher finished = FINISHED.matcher(output);
        Matcher requests = REQUESTS.matcher(output);
        if (!finished.find() || !requests.find()) {
            throw new IllegalArgumentException("not what h2load prints: " + output);
        }
        double unit = finished.group(2).equals("s") ? 1 : 1000;
        // "failed" includes those that had an error or none in time.
        return new H2loadOutput(
                Double.parseDouble(finished.group(1)) / unit,
                Long.parseLong(requests.group(1)),
                Long.parseLong(requests.group(2)));
    }

    static Latencies latencies(Path log) throws IOException {
        Histogram histogram = new Histogram(MICROS_MAX, 3);
        try (Stream<String> lines = Files.lines(log)) {
            lines.forEach(
                    line ->
                            histogram.recordValue(
                                    Long.parseLong(line.substring(line.lastIndexOf('\t') + 1))));
        }
        Map<Double, Double> micros = new HashMap<>();
        for (double percentile : Latencies.PERCENTILES) {
            micros.put(percentile, (double) histogram.getValueAtPercentile(percentile));
        }
        return Latencies.of(histogram.getTotalCount(), micros);
    }
}
