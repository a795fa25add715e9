// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last line of echo_load, and of the lab's own generator: key=value. */
final class EchoOutput {
    private static final Pattern FIELD = Pattern.compile("(\\w[\\w.]*)=([0-9.]+)");
    private static final Pattern QUANTILE = Pattern.compile("p([0-9.]+)_us");

    static LoadResult parse(String output) {
        Map<String, Double> fields = new HashMap<>();
        Map<Double, Double> micros = new HashMap<>();
        Matcher field = FIELD.matcher(output);
        while (field.find()) {
            double value = Double.parseDouble(field.group(2));
            fields.put(field.group(1), value);
            Matcher quantile = QUANTILE.matcher(field.group(1));
            if (quantile.matches()) {
                micros.put(Double.parseDouble(quantile.group(1)), value);
            }
        }
        Double messages = fields.get("messages");
        Double seconds = fields.get("seconds");
        if (messages == null || seconds == null) {
            throw new IllegalArgumentException("not what echo_load prints: " + output);
        }
        long count = messages.longValue();
        // At a fixed rate those that count are not those that were answered in time.
        long recorded = fields.getOrDefault("recorded", messages).longValue();
        Double delay = fields.get("delay_p99");
        return new LoadResult(
                seconds,
                count,
                fields.getOrDefault("replies", messages).longValue(),
                Latencies.of(recorded, micros),
                delay == null ? OptionalDouble.empty() : OptionalDouble.of(delay));
    }

    private EchoOutput() {}
}
