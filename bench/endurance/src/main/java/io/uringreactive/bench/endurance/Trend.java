// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether something grew: the mean of its last third against that of its first. */
final class Trend {
    private static final double GROWTH_MAX = 1.02;

    private final Map<String, List<Long>> values = new LinkedHashMap<>();

    void add(Resources held, long slots) {
        add("heap after a collection, bytes", held.heapBytes());
        add("direct memory, bytes", held.directBytes());
        add("resident memory, bytes", held.residentBytes());
        add("descriptors", held.descriptors());
        add("mappings of rings", held.ringMappings());
        add("operations in flight", slots);
    }

    void add(String name, long value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    /** Those that grew by more than 2 %, and by more than one. */
    List<String> grown() {
        List<String> grown = new ArrayList<>();
        values.forEach(
                (name, series) -> {
                    double first = firstThird(series);
                    double last = lastThird(series);
                    if (last > first * GROWTH_MAX && last > first + 1) {
                        grown.add(line(name, series));
                    }
                });
        return grown;
    }

    List<String> lines() {
        return values.entrySet().stream().map(it -> line(it.getKey(), it.getValue())).toList();
    }

    private static String line(String name, List<Long> series) {
        double first = firstThird(series);
        double last = lastThird(series);
        return String.format(
                Locale.ROOT,
                "%s: %,.0f in the first third, %,.0f in the last, %.3f",
                name,
                first,
                last,
                first == 0 ? 1 : last / first);
    }

    private static double firstThird(List<Long> series) {
        return mean(series.subList(0, Math.max(1, series.size() / 3)));
    }

    private static double lastThird(List<Long> series) {
        return mean(series.subList(series.size() - Math.max(1, series.size() / 3), series.size()));
    }

    private static double mean(List<Long> some) {
        return some.stream().mapToLong(Long::longValue).average().orElseThrow();
    }
}
