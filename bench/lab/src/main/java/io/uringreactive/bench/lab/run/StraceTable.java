// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of {@code strace -c}. Its columns are told apart by where they end: which of them the
 * last line fills depends on the version, and on whether a call failed.
 */
final class StraceTable {
    private static final String CALLS = " calls";
    private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)$");

    /** How many calls there were; nothing if this is no such table. */
    static OptionalLong calls(String table) {
        String header = lineThat(table, "% time");
        String total = lineThat(table, " *100\\.00 .* total");
        int end = header.indexOf(CALLS) + CALLS.length();
        if (header.isEmpty() || total.length() < end) {
            return OptionalLong.empty();
        }
        Matcher calls = LAST_NUMBER.matcher(total.substring(0, end));
        return calls.find()
                ? OptionalLong.of(Long.parseLong(calls.group(1)))
                : OptionalLong.empty();
    }

    private static String lineThat(String table, String start) {
        Pattern pattern = Pattern.compile(start);
        return table.lines()
                .filter(line -> pattern.matcher(line).lookingAt())
                .findFirst()
                .orElse("");
    }

    private StraceTable() {}
}
