// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that report.lua makes wrk print. */
record WrkOutput(double seconds, long requests, long bytes, long errors, Latencies latencies) {
    private static final Pattern FIELD = Pattern.compile("(\\w+)=(\\d+)");
    private static final Pattern QUANTILE = Pattern.compile("(?m)^lab p([0-9.]+) (\\d+)$");

    static WrkOutput parse(String output) {
        Map<String, Long> totals = new HashMap<>();
        output.lines()
                .filter(line -> line.startsWith("lab duration="))
                .forEach(
                        line -> {
                            Matcher field = FIELD.matcher(line);
                            while (field.find()) {
                                totals.put(field.group(1), Long.parseLong(field.group(2)));
                            }
                        });
        if (!totals.keySet().containsAll(Set.of("duration", "requests", "bytes"))) {
            throw new IllegalArgumentException("no line of totals in: " + output);
        }
        long requests = totals.getOrDefault("requests", 0L);
        Map<Double, Double> micros = new HashMap<>();
        Matcher quantile = QUANTILE.matcher(output);
        while (quantile.find()) {
            micros.put(
                    Double.parseDouble(quantile.group(1)), Double.parseDouble(quantile.group(2)));
        }
        long errors = 0;
        for (String kind : new String[] {"connect", "read", "write", "status", "timeout"}) {
            errors += totals.getOrDefault(kind, 0L);
        }
        return new WrkOutput(
                totals.getOrDefault("duration", 0L) / 1e6,
                requests,
                totals.getOrDefault("bytes", 0L),
                errors,
                Latencies.of(requests, micros));
    }
}
