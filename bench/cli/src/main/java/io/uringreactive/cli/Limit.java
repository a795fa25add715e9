// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One of this process's resource limits, as {@code /proc/self/limits} shows it (proc(5)).
 *
 * @param soft what applies now; {@link #UNLIMITED} where there is no limit or none is known
 */
record Limit(long soft) {
    static final long UNLIMITED = Long.MAX_VALUE;

    private static final Path LIMITS = Path.of("/proc/self/limits");

    /** The lines of the limits' table, none where there is no such file. */
    static List<String> table() {
        try {
            return Files.readAllLines(LIMITS);
        } catch (IOException e) {
            // Not Linux, or a masked /proc: no limit is known, and none is complained of.
            return List.of();
        }
    }

    /** The limit whose line starts with {@code name}. */
    static Limit of(String name, List<String> table) {
        for (String line : table) {
            if (line.startsWith(name)) {
                String soft = line.substring(name.length()).strip().split("\\s+", 2)[0];
                return new Limit(soft.equals("unlimited") ? UNLIMITED : Long.parseLong(soft));
            }
        }
        return new Limit(UNLIMITED);
    }

    boolean below(long wanted) {
        return soft < wanted;
    }

    String inKib() {
        return soft == UNLIMITED ? "unlimited" : soft / 1024 + " KiB";
    }

    @Override
    public String toString() {
        return soft == UNLIMITED ? "unlimited" : Long.toString(soft);
    }
}
