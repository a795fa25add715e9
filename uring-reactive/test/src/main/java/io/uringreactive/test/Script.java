// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Writes down the decisions of a run, and makes them where a schedule is replayed.
 *
 * <p>A replay has one line of decisions for each name: where a change of an earlier decision takes
 * some of one kind away, those of the others still find their places.
 */
final class Script {
    private final List<Choice> made = new ArrayList<>();

    /** Null where chance decides. */
    private final @Nullable Map<String, Queue<Long>> given;

    Script() {
        this.given = null;
    }

    Script(List<Choice> schedule) {
        Map<String, Queue<Long>> lines = new HashMap<>();
        for (Choice choice : schedule) {
            lines.computeIfAbsent(choice.what(), what -> new ArrayDeque<>()).add(choice.value());
        }
        this.given = lines;
    }

    boolean isReplay() {
        return given != null;
    }

    /** From 0 to {@code bound} - 1: as it is given, or {@code drawn} where nothing is. */
    long decide(String what, long bound, long drawn) {
        long value = given == null ? drawn : next(given.get(what), bound);
        made.add(new Choice(what, value));
        return value;
    }

    /** What does not fit, since something before it was another, is as on a calm day. */
    private static long next(@Nullable Queue<Long> line, long bound) {
        Long value = line == null ? null : line.poll();
        return value == null || value < 0 || value >= bound ? 0 : value;
    }

    List<Choice> made() {
        return made;
    }
}
