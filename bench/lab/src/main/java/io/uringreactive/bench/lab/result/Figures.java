// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What one sample measured. What it did not measure is not in it. */
public final class Figures {
    /** More than any of these figures is worth. */
    private static final MathContext DIGITS = new MathContext(6);

    private final Map<Metric, Double> values = new EnumMap<>(Metric.class);

    public Figures put(Metric metric, double value) {
        values.put(metric, rounded(value));
        return this;
    }

    public Figures put(Metric metric, OptionalDouble value) {
        value.ifPresent(number -> put(metric, number));
        return this;
    }

    /** By key, in the order of {@link Metric}. */
    public Map<String, Double> byKey() {
        Map<String, Double> byKey = new LinkedHashMap<>();
        values.forEach((metric, value) -> byKey.put(metric.key(), value));
        return byKey;
    }

    static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
