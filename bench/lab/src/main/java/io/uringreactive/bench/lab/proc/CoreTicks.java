// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.proc;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What some cores did since boot, summed, in clock ticks, from {@code /proc/stat}, proc(5). Idle
 * time includes that of waiting for a disk; it is exact where the kernel stops the tick of idle
 * cores, while the other times are sampled by the tick.
 */
public record CoreTicks(long idle, long steal) {
    private static final Pattern BLANKS = Pattern.compile(" +");

    static CoreTicks parse(String procStat, Cores cores) {
        Set<String> wanted = new HashSet<>();
        cores.numbers().forEach(core -> wanted.add("cpu" + core));
        long idle = 0;
        long steal = 0;
        for (String line : procStat.lines().toList()) {
            List<String> fields = BLANKS.splitAsStream(line).toList();
            if (wanted.remove(fields.getFirst())) {
                idle += Long.parseLong(fields.get(4)) + Long.parseLong(fields.get(5));
                steal += Long.parseLong(fields.get(8));
            }
        }
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException("cores that this machine does not have: " + wanted);
        }
        return new CoreTicks(idle, steal);
    }

    public CoreTicks minus(CoreTicks earlier) {
        return new CoreTicks(idle - earlier.idle, steal - earlier.steal);
    }
}
