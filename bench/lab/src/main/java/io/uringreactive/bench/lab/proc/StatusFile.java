// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.proc;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /proc/PID/status}, proc(5): a line for each key. */
final class StatusFile {
    /**
     * {@code VmRSS}; nothing for a process without memory: a kernel thread, or one that has ended.
     */
    static Optional<Long> residentBytes(String status) {
        return number(status, "VmRSS").map(kibibytes -> kibibytes * 1024);
    }

    static Optional<Long> number(String status, String key) {
        Matcher line =
                Pattern.compile("^" + key + ":\\s*(\\d+)", Pattern.MULTILINE).matcher(status);
        return line.find() ? Optional.of(Long.parseLong(line.group(1))) : Optional.empty();
    }

    private StatusFile() {}
}
