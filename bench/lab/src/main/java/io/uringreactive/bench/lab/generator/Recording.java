// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.generator;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What happened to the requests that should have left within the measured window. */
final class Recording {
    private static final long NANOS_MAX = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram latencies = new Histogram(NANOS_MAX, DIGITS);
    private final Histogram delays = new Histogram(NANOS_MAX, DIGITS);

    private long beginNanos = Long.MAX_VALUE;
    private long endNanos = Long.MAX_VALUE;
    private long completedWithin;
    private long completedEver;

    void window(long begin, long end) {
        beginNanos = begin;
        endNanos = end;
    }

    boolean isWithin(long nanos) {
        return nanos >= beginNanos && nanos < endNanos;
    }

    /** A request left that was free to leave at {@code free}: the difference is our own delay. */
    void sent(long free, long now) {
        if (isWithin(free)) {
            delays.recordValue(Math.max(0, now - free));
        }
    }

    void completed(long due, long now) {
        completedEver++;
        if (isWithin(due)) {
            latencies.recordValue(Math.max(0, now - due));
        }
        if (isWithin(now)) {
            completedWithin++;
        }
    }

    /** Replies that came within the window, whenever their requests should have left. */
    long completedWithin() {
        return completedWithin;
    }

    /** As echo_load says it: key=value, latencies in microseconds. */
    String line(List<Double> percentiles) {
        StringBuilder line = new StringBuilder();
        line.append("messages=").append(completedWithin);
        line.append(" seconds=").append((endNanos - beginNanos) / 1e9);
        line.append(" replies=").append(completedEver);
        line.append(" recorded=").append(latencies.getTotalCount());
        for (double percentile : percentiles) {
            String name = percentile == Math.rint(percentile) ? "%.0f" : "%s";
            line.append(" p").append(name.formatted(percentile)).append("_us=");
            line.append(micros(latencies, percentile));
        }
        line.append(" delay_p99=").append(micros(delays, 99));
        return line.toString();
    }

    private static String micros(Histogram histogram, double percentile) {
        return String.format(Locale.ROOT, "%.3f", histogram.getValueAtPercentile(percentile) / 1e3);
    }
}
