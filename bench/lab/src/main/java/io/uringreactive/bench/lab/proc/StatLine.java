// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.proc;

import java.util.List;
import java.util.regex.Pattern;

/** The fields of {@code /proc/PID/stat}, by the numbers of proc(5). */
final class StatLine {
    private static final Pattern BLANKS = Pattern.compile(" +");

    /**
     * The first field after the name, which is in parentheses and may hold blanks and more of them.
     */
    private static final int FIRST_FIELD = 3;

    static List<String> fields(String stat) {
        int nameEnd = stat.lastIndexOf(')');
        if (nameEnd < 0) {
            throw new IllegalArgumentException("no /proc/PID/stat: " + stat);
        }
        return BLANKS.splitAsStream(stat.substring(nameEnd + 1).strip()).toList();
    }

    static long number(List<String> fields, int field) {
        return Long.parseLong(fields.get(field - FIRST_FIELD));
    }

    private StatLine() {}
}
