// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.proc;

/**
 * Context switches of threads that live: {@code voluntary}, to wait for something, and {@code
 * forced}, because another thread took the core; from {@code /proc/PID/task/TID/status}.
 */
public record Switches(long voluntary, long forced) {
    public static final Switches NONE = new Switches(0, 0);

    static Switches parse(String status) {
        return new Switches(
                StatusFile.number(status, "voluntary_ctxt_switches").orElse(0L),
                StatusFile.number(status, "nonvoluntary_ctxt_switches").orElse(0L));
    }

    public Switches plus(Switches other) {
        return new Switches(voluntary + other.voluntary, forced + other.forced);
    }

    /** Not below zero: a thread that ended meanwhile has taken its count with it. */
    public Switches minus(Switches earlier) {
        return new Switches(
                Math.max(0, voluntary - earlier.voluntary), Math.max(0, forced - earlier.forced));
    }
}
