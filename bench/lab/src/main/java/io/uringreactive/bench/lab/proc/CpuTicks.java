// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.proc;

import java.util.List;

/**
 * CPU time of a process with all its threads, the ended ones too, in clock ticks: fields 14 to 17
 * of {@code /proc/PID/stat}, proc(5). The {@code reaped} ones are those of its children that have
 * ended and been waited for.
 */
public record CpuTicks(long user, long system, long reapedUser, long reapedSystem) {
    public static final CpuTicks NONE = new CpuTicks(0, 0, 0, 0);

    private static final int USER_FIELD = 14;

    static CpuTicks parse(String stat) {
        List<String> fields = StatLine.fields(stat);
        return new CpuTicks(
                StatLine.number(fields, USER_FIELD),
                StatLine.number(fields, USER_FIELD + 1),
                StatLine.number(fields, USER_FIELD + 2),
                StatLine.number(fields, USER_FIELD + 3));
    }

    public CpuTicks plus(CpuTicks other) {
        return new CpuTicks(
                user + other.user,
                system + other.system,
                reapedUser + other.reapedUser,
                reapedSystem + other.reapedSystem);
    }

    public CpuTicks minus(CpuTicks earlier) {
        return new CpuTicks(
                user - earlier.user,
                system - earlier.system,
                reapedUser - earlier.reapedUser,
                reapedSystem - earlier.reapedSystem);
    }

    public long reaped() {
        return reapedUser + reapedSystem;
    }

    public long total() {
        return user + system + reaped();
    }
}
