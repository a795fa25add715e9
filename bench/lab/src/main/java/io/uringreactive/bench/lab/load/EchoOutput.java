// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last line of echo_load: key=value. */
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
        return new LoadResult(seconds, count, Latencies.of(count, micros));
    }

    private EchoOutput() {}
}
