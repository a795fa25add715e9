// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.report;

import io.uringreactive.bench.lab.result.Metric;
import io.uringreactive.bench.lab.result.Spread;
import java.util.Locale;
import java.util.Map;

/** A figure as a column of a report: its short header and how it is written. */
enum Column {
    CPU(Metric.CPU, "CPU us", "%,.3f", 1, true),
    RATE(Metric.REQUESTS_PER_SECOND, "a second", "%,.0f", 1, false),
    P50(Metric.LATENCY_P50, "p50 us", "%,.0f", 1, false),
    P99(Metric.LATENCY_P99, "p99 us", "%,.0f", 1, false) {
        /** What open-loop runs are about. */
        @Override
        boolean isWithSpread(Map<String, Spread> figures) {
            return figures.containsKey(Metric.DELAY.key());
        }
    },
    P999(Metric.LATENCY_P999, "p99.9 us", "%,.0f", 1, false),
    SWITCHES(Metric.SWITCHES, "switches", "%.3f", 1, false),
    CALLS(Metric.SYSCALLS, "calls", "%.3f", 1, false),
    ALLOCATION(Metric.ALLOCATION, "heap bytes", "%,.0f", 1, false),
    RESIDENT(Metric.RESIDENT, "resident MiB", "%,.0f", 1 << 20, false),
    CONNECTION_MEMORY(Metric.CONNECTION_MEMORY, "memory bytes", "%,.0f", 1, true),
    CONNECTION_HEAP(Metric.CONNECTION_HEAP, "of them heap", "%,.0f", 1, false),
    IDLE_CPU(Metric.IDLE_CPU, "CPU % of a core", "%.3f", 1, true);

    private final Metric metric;
    private final String header;
    private final String format;
    private final double unit;
    private final boolean withSpread;

    Column(Metric metric, String header, String format, double unit, boolean withSpread) {
        this.metric = metric;
        this.header = header;
        this.format = format;
        this.unit = unit;
        this.withSpread = withSpread;
    }

    String header() {
        return header;
    }

    boolean isIn(Map<String, Spread> figures) {
        return figures.containsKey(metric.key());
    }

    /**
     * The median, and for the figure that counts most how far it spreads; empty if not measured.
     */
    String of(Map<String, Spread> figures) {
        Spread spread = figures.get(metric.key());
        if (spread == null) {
            return "";
        }
        return isWithSpread(figures) ? written(spread) : number(spread.median());
    }

    boolean isWithSpread(Map<String, Spread> figures) {
        return withSpread;
    }

    private String written(Spread spread) {
        return "%s (%s to %s)"
                .formatted(number(spread.median()), number(spread.min()), number(spread.max()));
    }

    private String number(double value) {
        return String.format(Locale.ROOT, format, value / unit);
    }
}
