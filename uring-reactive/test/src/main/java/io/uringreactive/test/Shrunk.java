// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What {@link Shrinker} has found. */
public final class Shrunk {
    /** A trace that is longer is shown around its events, and at its end. */
    private static final int LINES_MAX = 150;

    private static final int LINES_BEFORE = 4;
    private static final int LINES_BEHIND = 3;
    private static final int LINES_AT_END = 40;

    private final Schedule first;
    private final Trial least;
    private final int runs;
    private final Duration took;
    private final boolean complete;

    Shrunk(Schedule first, Trial least, int runs, Duration took, boolean complete) {
        this.first = first;
        this.least = least;
        this.runs = runs;
        this.took = took;
        this.complete = complete;
    }

    /** The simplest schedule that still fails. */
    public Schedule schedule() {
        return least.made();
    }

    /** What it fails with. */
    public Throwable failure() {
        return Objects.requireNonNull(least.thrown());
    }

    /** How many decisions differ from a calm day's: what a reader has to know. */
    public int events() {
        return least.made().events();
    }

    /** How many things happen in that run, calm ones included. */
    public long steps() {
        return least.steps();
    }

    public Duration took() {
        return took;
    }

    /** The failure, the events and the trace in words. */
    public String report() {
        StringBuilder text = new StringBuilder();
        text.append(
                "%d events, from %d, and %d steps; %d runs in %.1f s%s%n"
                        .formatted(
                                events(),
                                first.events(),
                                steps(),
                                runs,
                                took.toMillis() / 1e3,
                                complete ? "" : ", then time was over"));
        String link = "fails with: ";
        for (Throwable next = failure(); next != null; next = next.getCause()) {
            text.append(link).append(firstLine(next)).append('\n');
            link = "caused by: ";
        }
        text.append("events:\n");
        List<String> events = least.events();
        for (int i = 0; i < events.size(); i++) {
            text.append("%4d. %s%n".formatted(i + 1, events.get(i)));
        }
        text.append("what happens (* is an event):\n");
        excerpt().forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }

    private static String firstLine(Throwable thrown) {
        return thrown.toString().lines().findFirst().orElse("");
    }

    private static boolean isEvent(String line) {
        return line.startsWith(Trace.EVENT);
    }

    private List<String> excerpt() {
        List<String> story = least.story();
        if (story.size() <= LINES_MAX) {
            return story;
        }
        List<String> lines = new ArrayList<>();
        int shown = 0;
        for (int i = 0; i < story.size(); i++) {
            if (i >= story.size() - LINES_AT_END || isNearEvent(story, i)) {
                if (i > shown) {
                    lines.add("... " + (i - shown) + " lines");
                }
                lines.add(story.get(i));
                shown = i + 1;
            }
        }
        return lines;
    }

    private static boolean isNearEvent(List<String> story, int line) {
        int from = Math.max(0, line - LINES_BEHIND);
        int to = Math.min(story.size(), line + LINES_BEFORE + 1);
        return story.subList(from, to).stream().anyMatch(Shrunk::isEvent);
    }
}
