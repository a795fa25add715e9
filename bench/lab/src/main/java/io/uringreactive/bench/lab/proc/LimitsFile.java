// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.proc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /proc/PID/limits}, proc(5). */
final class LimitsFile {
    private static final Pattern OPEN_FILES =
            Pattern.compile("(?m)^Max open files +(\\d+|unlimited) ");

    /** The soft limit of RLIMIT_NOFILE. */
    static long openFiles(String limits) {
        Matcher line = OPEN_FILES.matcher(limits);
        if (!line.find()) {
            throw new IllegalArgumentException("no /proc/PID/limits: " + limits);
        }
        return line.group(1).equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(line.group(1));
    }

    private LimitsFile() {}
}
