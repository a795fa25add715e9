// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.toggles;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A way to use io_uring that this library avoids. Each can be switched on by itself. */
enum Toggle {
    /** One io_uring_enter(2) for each SQE, and not one for all of a turn. */
    ENTERS,

    /**
     * Every message goes to another thread and comes back through the inbox: the send, and the
     * demand for the next receive.
     */
    THREADS,

    /** Every operation stands in a hash map under a lock from its SQE to its terminal CQE. */
    MAP,

    /** Rings without DEFER_TASKRUN and SINGLE_ISSUER. */
    INTERRUPTS;

    /** On the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code none}, {@code all}, or words with commas between them. */
    static Set<Toggle> of(String text) {
        return switch (text) {
            case "none" -> EnumSet.noneOf(Toggle.class);
            case "all" -> EnumSet.allOf(Toggle.class);
            default ->
                    Arrays.stream(text.split(",", -1))
                            .map(Toggle::one)
                            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Toggle.class)));
        };
    }

    private static Toggle one(String word) {
        return Arrays.stream(values())
                .filter(toggle -> toggle.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "none, all, or some of %s are wanted, not '%s'"
                                                .formatted(
                                                        text(EnumSet.allOf(Toggle.class)), word)));
    }

    /** What {@link #of} would read. */
    static String text(Set<Toggle> toggles) {
        return toggles.isEmpty()
                ? "none"
                : toggles.stream().map(Toggle::word).collect(Collectors.joining(","));
    }
}
